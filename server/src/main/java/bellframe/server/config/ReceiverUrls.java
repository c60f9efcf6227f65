package bellframe.server.config;

import bellframe.outbound.aws.AwsEndpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the configuration writes where receivers are.
///
/// @param privateAddresses whether plain HTTP is spoken
record ReceiverUrls(boolean privateAddresses) {

    /// In the place of the URL of a service of AWS: AWS itself.
    static final String AWS = "aws";

    /// @throws InvalidConfig if the text is neither [#AWS] nor a URL
    void requireEndpoint(Setting setting, @Nullable String text) {
        if (text != null && !text.equals(AWS)) {
            require(setting, text);
        }
    }

    /// @throws InvalidConfig if the text is no URL of a receiver
    void require(Setting setting, String text) {
        URI url = url(text);
        boolean hasHost = url != null && url.getHost() != null && url.getRawUserInfo() == null
                && url.getRawFragment() == null;
        boolean spoken = url != null
                && ("https".equals(url.getScheme()) || (privateAddresses && "http".equals(url.getScheme())));
        setting.require(hasHost && spoken, shown(text));
    }

    private static @Nullable URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            return null;
        }
    }

    /// A URL with a user may hold a password.
    private static String shown(String text) {
        return text.contains("@") ? "a URL that is not shown" : text;
    }

    static @Nullable AwsEndpoint endpoint(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return text.equals(AWS) ? new AwsEndpoint.Regional() : new AwsEndpoint.At(URI.create(text));
    }

    static Map<String, URI> addresses(Map<String, String> urls) {
        return urls.entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, webhook -> URI.create(webhook.getValue())));
    }

    /// As it was given, so that it is printed like that.
    static Map<String, String> inOrder(Map<String, String> entries) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
}
