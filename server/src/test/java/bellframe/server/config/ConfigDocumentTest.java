package bellframe.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.server.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDocumentTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-events";
    private static final String BOT = "arn:aws:lex:us-east-1:123456789012:bot-alias/BOT0000001/ALIAS00001";
    private static final String WORDS = "arn:aws:lambda:us-east-1:123456789012:function:words";
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @TempDir
    Path folder;

    @Test
    void theSampleInTheRepositoryIsTheGeneratedOne() throws IOException {
        assertThat(Files.readString(ProjectRoot.path().resolve("config/bellframe.properties")))
                .as("./bellframe config print > config/bellframe.properties")
                .isEqualTo(ConfigDocument.sample());
    }

    @Test
    void aPrintedConfigurationReadsBackTheSame() throws IOException {
        var flags = new EnumMap<Setting, String>(Setting.class);
        flags.put(Setting.DATA, folder + "/back\\slash");
        flags.put(Setting.HOST, "::1");
        flags.put(Setting.PUBLIC_HOST, "chat.example.com:443");
        flags.put(Setting.TLS_CERTIFICATE_FILE, "fullchain.pem");
        flags.put(Setting.TLS_KEY_FILE, "/etc/keys/privkey.pem");
        flags.put(Setting.TRUSTED_PROXIES, "10.0.0.0/8, 2001:db8::1");
        flags.put(Setting.PROXY_PROTOCOL, "true");
        flags.put(Setting.LIMITS, "aws");
        flags.put(Setting.RATES_PERCENT, "16");
        flags.put(Setting.CONNECTIONS_PER_ADDRESS_MAX, "17");
        flags.put(Setting.FAILED_SIGNATURES_PER_MINUTE_MAX, "18");
        flags.put(Setting.DRAIN_SPREAD, "1500ms");
        flags.put(Setting.DRAIN_LIMIT, "2m");
        flags.put(Setting.SESSION_PENDING_BYTES_MAX, "100000");
        flags.put(Setting.SESSION_STALL_LIMIT, "11s");
        flags.put(Setting.SESSION_CONNECTS_PER_SECOND_MAX, "3");
        flags.put(Setting.SESSION_FRAME_BYTES_MAX, "2KiB");
        flags.put(Setting.SESSION_FRAMES_PER_SECOND_MAX, "12");
        flags.put(Setting.SESSION_PING_INTERVAL, "13s");
        flags.put(Setting.SESSION_REPLAY_LIMIT, "14h");
        flags.put(Setting.SESSION_REPLAY_EVENTS_MAX, "15");
        flags.put(Setting.HANDSHAKE_LIMIT, "14s");
        flags.put(Setting.LOG_FORMAT, "json");
        flags.put(Setting.DEV, "true");
        flags.put(Setting.AUDIT_LOG, "log");
        flags.put(Setting.CREDENTIAL_EXCHANGE_ROLE, "arn:aws:iam::123456789012:role/chat");
        flags.put(Setting.CREDENTIAL_EXCHANGE_PROVIDER, "https://login.example.com");
        flags.put(Setting.CREDENTIAL_EXCHANGE_APP_INSTANCE,
                "arn:aws:chime:us-east-1:123456789012:app-instance/0f7bcb5e-1f1e-4a4b-9f0a-1234567890ab");
        flags.put(Setting.CREDENTIAL_EXCHANGE_USER_CLAIM, "email");
        flags.put(Setting.CREDENTIAL_EXCHANGE_DURATION, "90m");
        flags.put(Setting.IDENTITY_PROVIDER_CA_FILE, "providers.pem");
        flags.put(Setting.LAMBDA_ENDPOINT, "aws");
        flags.put(Setting.PROCESSOR_WEBHOOKS, WORDS + "=http://localhost:9000/words?a=b, " + WORDS
                + ":blue = https://example.com");
        flags.put(Setting.KINESIS_ENDPOINT, "aws");
        flags.put(Setting.STREAM_SINKS, STREAM + "-1=kafka:events, " + STREAM + "-2 = nats:chat.events");
        flags.put(Setting.KAFKA_PROPERTIES_FILE, "kafka.properties");
        flags.put(Setting.NATS_CREDENTIALS_FILE, "nats.creds");
        flags.put(Setting.PUSH_APPS_FILE, "push.json");
        flags.put(Setting.LEX_ENDPOINT, "http://localhost:4566");
        flags.put(Setting.BOT_WEBHOOKS, BOT + "=https://bot.example.com");
        flags.put(Setting.ALERT_EVENT_BRIDGE_ENDPOINT, "http://localhost:4566");
        flags.put(Setting.ALERT_EVENT_BUS, "chat");
        flags.put(Setting.ALERT_SOURCE, "com.example.chat");
        flags.put(Setting.ALERT_WEBHOOK, "https://alerts.example.com/in");
        flags.put(Setting.OUTBOUND_HOSTS, "a.example.com, 10.0.0.1");
        flags.put(Setting.OUTBOUND_PRIVATE_ADDRESSES, "true");
        flags.put(Setting.OUTBOUND_CA_FILE, "receivers.pem");
        Map<String, String> secrets = Map.of("BELLFRAME_WEBHOOK_SECRET", SECRET, "BELLFRAME_NATS_SERVERS",
                "nats://me:password@localhost");
        ServerConfig config = new ConfigReader(secrets).read(flags, null);

        Path file = Files.writeString(folder.resolve("printed.properties"), ConfigDocument.of(config));

        assertThat(new ConfigReader(secrets).read(Map.of(), file.toString())).isEqualTo(config);
    }

    @Test
    void secretsAreNotPrinted() {
        ServerConfig config = new ConfigReader(Map.of(
                "BELLFRAME_ROOT_ACCESS_KEY_ID", "AKIA234567ABCDEFGHIJ",
                "BELLFRAME_ROOT_SECRET_ACCESS_KEY", "0123456789abcdef+/",
                "BELLFRAME_WEBHOOK_SECRET", SECRET,
                "BELLFRAME_NATS_SERVERS", "nats://me:password@localhost",
                "BELLFRAME_MASTER_KEY", "a0".repeat(32),
                "BELLFRAME_PREVIOUS_MASTER_KEY", "b1".repeat(32))).read(Map.of(), null);

        assertThat(ConfigDocument.of(config))
                .doesNotContain("0123456789abcdef+/")
                .doesNotContain("a0a0", "b1b1", "whsec_MD", "me:password")
                .contains("rootSecretAccessKey is set and not shown", "masterKey is set and not shown");
        assertThat(config.toString()).doesNotContain("0123456789abcdef+/", "a0a0", "b1b1", "whsec_MD", "me:password");
    }
}
