package bellframe.outbound.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedMessageTest {

    private static final Base64.Decoder URL = Base64.getUrlDecoder();

    /// The example of RFC 8291, section 5 and appendix A.
    @Test
    void theMessageIsTheOneOfTheSpecification() {
        Subscription subscription = Subscription.parse("""
                {"endpoint":"https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV","keys":{
                 "p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                 "auth":"BTBZMqHH6r4Tts7J_aSIgg"}}""").orElseThrow();
        var once = new KeyPair(
                P256.publicKey(
                        URL.decode("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6"
                                + "PBru3jl7A8"))
                        .orElseThrow(),
                P256.privateKey(URL.decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).orElseThrow());

        byte[] message = EncryptedMessage.of(
                "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.UTF_8), subscription, once,
                URL.decode("DGv6ra1nlYgDCS1FRnbzlw"));

        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(message))
                .isEqualTo(
                        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
                                + "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
                                + "lcy4a-fN");
    }

    @Test
    void whatABrowserGetsItReads() {
        var random = new SecureRandom();
        var browser = new TestBrowser();
        Subscription subscription = Subscription.parse(browser.subscription("https://push.example.net/x"))
                .orElseThrow();
        for (int length : new int[]{0, 1, 100, EncryptedMessage.TEXT_MAX_BYTES}) {
            byte[] text = new byte[length];
            random.nextBytes(text);
            byte[] message = EncryptedMessage.of(text, subscription, random);
            assertThat(message.length).isLessThanOrEqualTo(4096);
            assertThat(browser.decrypt(message)).isEqualTo(text);
            assertThat(EncryptedMessage.of(text, subscription, random)).isNotEqualTo(message);
        }
    }

    @Test
    void subscriptionsAreNotShown() {
        assertThat(Subscription.parse(new TestBrowser().subscription("https://push.example.net/secret"))).asString()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "[]", "{}", "{\"endpoint\":\"https://push.example.net\"}",
            "{\"endpoint\":7,\"keys\":{\"p256dh\":KEY,\"auth\":AUTH}}",
            "{\"endpoint\":\"no URI\",\"keys\":{\"p256dh\":KEY,\"auth\":AUTH}}",
            "{\"endpoint\":\"/path\",\"keys\":{\"p256dh\":KEY,\"auth\":AUTH}}",
            "{\"endpoint\":\"https:path\",\"keys\":{\"p256dh\":KEY,\"auth\":AUTH}}",
            "{\"endpoint\":\"https://push.example.net\",\"keys\":{\"p256dh\":KEY}}",
            "{\"endpoint\":\"https://push.example.net\",\"keys\":{\"p256dh\":KEY,\"auth\":\"QQ\"}}",
            "{\"endpoint\":\"https://push.example.net\",\"keys\":{\"p256dh\":KEY,\"auth\":\"!\"}}",
            "{\"endpoint\":\"https://push.example.net\",\"keys\":{\"auth\":AUTH}}",
            "{\"endpoint\":\"https://push.example.net\",\"keys\":{\"p256dh\":\"QQ\",\"auth\":AUTH}}",
            "{\"endpoint\":\"https://push.example.net\",\"keys\":{\"p256dh\":OFF,\"auth\":AUTH}}"})
    void whatIsNoSubscriptionIsNotTaken(String text) {
        String key = "\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\"";
        String json = text.replace("KEY", key)
                .replace("AUTH", "\"BTBZMqHH6r4Tts7J_aSIgg\"")
                .replace("OFF", key.replace("iw4", "iw8"));
        assertThat(Subscription.parse(json)).isEmpty();
    }
}
