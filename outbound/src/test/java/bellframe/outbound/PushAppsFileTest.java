package bellframe.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.outbound.apns.ApnsApp;
import bellframe.outbound.fcm.FcmApp;
import bellframe.outbound.webpush.WebPushApp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushAppsFileTest {

    private static final String APP = "arn:aws:mobiletargeting:us-east-1:123456789012:apps/shop";
    /// Those of the application server in RFC 8291, section 5.
    private static final String PUBLIC_KEY = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private static final String PRIVATE_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";

    @TempDir
    private Path folder;

    @Test
    void anAppHasApplesDevicesAndAndroidsOnes() throws IOException {
        Files.writeString(folder.resolve("account.json"), """
                {"type": "service_account", "project_id": "shop", "token_uri": "https://oauth2.example.com/token"}""");

        assertThat(PushAppsFile.read(written("""
                {"%s": {
                  "apns": {"topic": "com.example.shop", "keyFile": "keys/AuthKey.p8", "keyId": "KEY", "teamId": "TEAM"},
                  "fcm": {"serviceAccountFile": "account.json"}}}""".formatted(APP)))).containsOnlyKeys(APP)
                .containsEntry(APP, new PushAppConfig(
                        new ApnsApp(new ApnsApp.SigningKey(folder.resolve("keys/AuthKey.p8"), "KEY", "TEAM"),
                                "com.example.shop", null, null),
                        new PushAppConfig.Android(new FcmApp(folder.resolve("account.json"), "shop",
                                URI.create("https://oauth2.example.com/token"), FcmApp.GOOGLE))));
    }

    @Test
    void anotherServerMayAnswerAsApnsDoes() throws IOException {
        assertThat(PushAppsFile.read(written("""
                {"%s": {"apns": {"topic": "com.example.shop", "certificateFile": "/shop.p12", "password": "secret",
                  "server": "localhost:8443", "caFile": "ca.pem"}}}""".formatted(APP)))).containsEntry(APP,
                new PushAppConfig(new ApnsApp(new ApnsApp.Certificate(Path.of("/shop.p12"), "secret"),
                        "com.example.shop", new ApnsApp.Server("localhost", 8443), folder.resolve("ca.pem")),
                        null));
    }

    @Test
    void browsersHaveThePushServicesOfAllUnlessHostsAreNamed() throws IOException {
        String webPush = "{\"%s\": {\"webPush\": {\"publicKey\": \"%s\", \"privateKey\": \"%s\", \"subject\": \"mailto:a@example.com\"%s}}}";

        assertThat(hosts(webPush.formatted(APP, PUBLIC_KEY, PRIVATE_KEY, "")).hosts().hosts())
                .isEqualTo(WebPushApp.BROWSER_HOSTS);
        assertThat(
                hosts(webPush.formatted(APP, PUBLIC_KEY, PRIVATE_KEY, ", \"hosts\": [\"localhost\"]")).hosts().hosts())
                .containsExactly("localhost");
    }

    private WebPushApp hosts(String json) throws IOException {
        PushAppConfig app = PushAppsFile.read(written(json)).get(APP);
        return switch (app == null ? null : app.others()) {
            case PushAppConfig.Browsers(WebPushApp browsers) -> browsers;
            case PushAppConfig.Android _ -> throw new AssertionError("Android");
            case null -> throw new AssertionError("nothing");
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[]|it is not a JSON object",
            "{|it is not a JSON object",
            "{`shop`: {}}|shop is not the ARN of a Pinpoint application",
            "{`APP`: []}|APP is not an object",
            "{`APP`: {`apn`: {}}}|APP: unknown: apn; known are apns, fcm, webPush",
            "{`APP`: {`apns`: {`topic`: `t`, `keyFile`: `k`, `keyId`: `i`}}}|APP, apns: teamId is missing",
            "{`APP`: {`apns`: {`topic`: 1, `certificateFile`: `c`, `password`: `p`}}}|APP, apns: topic is not a string",
            "{`APP`: {`apns`: {`topic`: `t`, `certificateFile`: `c`, `keyFile`: `k`}}}|keyFile and certificateFile are both there",
            "{`APP`: {`apns`: {`topic`: `t`, `certificateFile`: `c`, `password`: `p`, `server`: `x`}}}|server is not a host",
            "{`APP`: {`apns`: {`topic`: `t`, `certificateFile`: `c`, `password`: `p`, `server`: `x:65536`}}}|server is not a host",
            "{`APP`: {`fcm`: {`serviceAccountFile`: `none.json`}}}|none.json",
            "{`APP`: {`fcm`: {}, `webPush`: {}}}|fcm and webPush are both there",
            "{`APP`: {`webPush`: {`publicKey`: `a`, `privateKey`: `b`, `subject`: `s`}}}|are not a pair of VAPID keys"})
    void whatIsWrongIsSaid(String json, String problem) throws IOException {
        Path file = written(json.replace('`', '"').replace("APP", APP));

        assertThatThrownBy(() -> PushAppsFile.read(file)).isInstanceOf(IOException.class)
                .hasMessageContaining(problem.replace("APP", APP));
    }

    private Path written(String json) throws IOException {
        return Files.writeString(folder.resolve("push.json"), json);
    }
}
