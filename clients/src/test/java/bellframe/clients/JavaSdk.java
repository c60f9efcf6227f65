package bellframe.clients;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.chime.ChimeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/// Clients of the SDK for Java in the JVM of the tests. This version of it has to be told the endpoint.
record JavaSdk(Map<String, String> variables) {

    /// The long-lived key among variables.
    static AwsCredentialsProvider key(Map<String, String> variables) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                variables.getOrDefault("AWS_ACCESS_KEY_ID", ""), variables.getOrDefault("AWS_SECRET_ACCESS_KEY", "")));
    }

    IamClient iam() {
        return IamClient.builder()
                .endpointOverride(endpoint())
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(key(variables))
                .build();
    }

    StsClient sts(AwsCredentialsProvider credentials) {
        return StsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build();
    }

    ChimeClient chime(AwsCredentialsProvider credentials) {
        return ChimeClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .overrideConfiguration(options -> options
                        .putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
                .build();
    }

    private URI endpoint() {
        return URI.create(variables.getOrDefault("AWS_ENDPOINT_URL", ""));
    }
}
