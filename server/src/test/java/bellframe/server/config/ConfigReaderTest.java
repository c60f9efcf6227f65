package bellframe.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.http.AddressBlock;
import bellframe.outbound.Receivers;
import bellframe.outbound.kafka.KafkaCluster;
import bellframe.outbound.kafka.KafkaTopic;
import bellframe.outbound.nats.NatsCluster;
import bellframe.outbound.nats.NatsSubject;
import bellframe.outbound.streams.StreamSink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-events";

    @TempDir
    Path folder;

    @Test
    void defaultsHoldWhenNothingIsSet() {
        ServerConfig config = read(Map.of(), Map.of());

        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.adminPort()).isEqualTo(8081);
        assertThat(config.host()).isNull();
        assertThat(config.region()).isEqualTo("us-east-1");
        assertThat(config.sessions().pendingBytesMax()).isEqualTo(1 << 20);
        assertThat(config.drainSpread()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.rootSecretAccessKey()).isNull();
    }

    @Test
    void theFileBeatsTheDefaults() throws IOException {
        write("port=1001");

        assertThat(read(Map.of(), Map.of()).port()).isEqualTo(1001);
    }

    @Test
    void theEnvironmentBeatsTheFile() throws IOException {
        write("port=1001");

        assertThat(read(Map.of("BELLFRAME_PORT", "1002"), Map.of()).port()).isEqualTo(1002);
    }

    @Test
    void flagsBeatTheEnvironment() throws IOException {
        write("port=1001");

        assertThat(read(Map.of("BELLFRAME_PORT", "1002"), Map.of(Setting.PORT, "1003")).port()).isEqualTo(1003);
    }

    @Test
    void anEmptyVariableIsNotSet() {
        assertThat(read(Map.of("BELLFRAME_PORT", ""), Map.of()).port()).isEqualTo(8080);
    }

    @Test
    void aNamedFileIsReadInsteadOfTheOneInTheDataFolder() throws IOException {
        write("port=1001");
        Path named = Files.writeString(folder.resolve("named.properties"), "adminPort=1004\n");

        ServerConfig byFlag = new ConfigReader(Map.of()).read(Map.of(Setting.DATA, folder.toString()),
                named.toString());
        ServerConfig byVariable = read(Map.of("BELLFRAME_CONFIG", named.toString()), Map.of());

        assertThat(byFlag.port()).isEqualTo(8080);
        assertThat(byFlag.adminPort()).isEqualTo(1004);
        assertThat(byVariable).isEqualTo(byFlag);
    }

    @Test
    void aNamedFileThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> read(Map.of("BELLFRAME_CONFIG", folder.resolve("none").toString()), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("none");
    }

    @Test
    void aDataFoldersFileCannotLeadToAnotherFolder() throws IOException {
        write("data=/elsewhere");

        assertThatThrownBy(() -> read(Map.of(), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("data is /elsewhere");
    }

    @ParameterizedTest
    @CsvSource({"prot, port", "admin-port, adminPort", "Region, region", "sessionPerUserMax, sessionsPerUserMax"})
    void anUnknownKeyIsRefusedWithItsNearMiss(String key, String meant) throws IOException {
        write(key + "=1");

        assertThatThrownBy(() -> read(Map.of(), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining(key)
                .hasMessageContaining("did you mean " + meant + "?")
                .hasMessageContaining(ConfigReader.FILE_IN_DATA_FOLDER);
    }

    @Test
    void anUnknownVariableIsRefusedWithItsNearMiss() {
        assertThatThrownBy(() -> read(Map.of("BELLFRAME_ADMINPORT", "1"), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("did you mean BELLFRAME_ADMIN_PORT?");
    }

    @Test
    void anUnknownKeyThatIsNearNothingIsRefused() throws IOException {
        write("entirelyDifferent=1");

        assertThatThrownBy(() -> read(Map.of(), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("entirelyDifferent")
                .hasMessageContaining("config print");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BELLFRAME_JAVA_HOME", "BELLFRAME_JAVA_OPTS", "BELLFRAME_JAVA_FOLDERS",
            "BELLFRAME_APP_INSTANCE_ARN", "PORT"})
    void variablesThatAreNotSettingsAreLeftAlone(String variable) {
        assertThat(read(Map.of(variable, "x"), Map.of()).port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @CsvSource({
            "PORT, 0, 65535, -1, 65536",
            "ADMIN_PORT, 0, 65535, -1, 65536",
            "REQUESTS_IN_FLIGHT_MAX, 1, 1000000, 0, 1000001",
            "RATES_PERCENT, 1, 10000, 0, 10001",
            "CONNECTIONS_PER_ADDRESS_MAX, 0, 10000000, -1, 10000001",
            "FAILED_SIGNATURES_PER_MINUTE_MAX, 0, 10000000, -1, 10000001",
            "SESSIONS_PER_USER_MAX, 1, 10000, 0, 10001",
            "SESSION_PENDING_BYTES_MAX, 64KiB, 1GiB, 65535, 1073741825B",
            "SESSION_STALL_LIMIT, 1s, 10m, 999ms, 601s",
            "SESSION_CONNECTS_PER_SECOND_MAX, 0, 10000, -1, 10001",
            "SESSION_FRAME_BYTES_MAX, 125B, 1MiB, 124B, 1048577B",
            "SESSION_FRAMES_PER_SECOND_MAX, 1, 1000000, 0, 1000001",
            "SESSION_PING_INTERVAL, 1s, 10m, 999ms, 601s",
            "SESSION_REPLAY_LIMIT, 1m, 8760h, 59s, 8761h",
            "SESSION_REPLAY_EVENTS_MAX, 1, 100000, 0, 100001",
            "HANDSHAKE_LIMIT, 1s, 10m, 999ms, 601s",
            "CREDENTIAL_EXCHANGE_DURATION, 15m, 12h, 14m, 721m",
            "FREE_SPACE_RESERVE_BYTES, 1MiB, 1024GiB, 1023KiB, 1025GiB",
            "DRAIN_LIMIT, 5s, 10m, 999ms, 601s",
            "DRAIN_SPREAD, 0s, 15s, -1s, 15001ms"})
    void theBoundsAreAllowedAndWhatIsBeyondIsNot(Setting setting, String least, String most, String below,
            String above) {
        assertThat(read(Map.of(), Map.of(setting, least))).isNotNull();
        assertThat(read(Map.of(), Map.of(setting, most))).isNotNull();
        assertRefused(setting, below);
        assertRefused(setting, above);
    }

    @ParameterizedTest
    @CsvSource({
            "PORT, eighty",
            "PORT, 99999999999999999999",
            "HOST, not a host",
            "PUBLIC_HOST, http://example.com",
            "PUBLIC_HOST, example.com:65536",
            "PUBLIC_HOST, example.com/path",
            "ACCOUNT, 12345678901",
            "REGION, US",
            "DRAIN_LIMIT, 5",
            "FREE_SPACE_RESERVE_BYTES, 5MB",
            "LOG_FORMAT, xml",
            "LIMITS, none",
            "PROXY_PROTOCOL, yes",
            "TRUSTED_PROXIES, proxy.example.com",
            "TRUSTED_PROXIES, 10.1",
            "TRUSTED_PROXIES, 10.0.0.0/33",
            "TRUSTED_PROXIES, 2001:db8::/129",
            "TRUSTED_PROXIES, '10.0.0.1,'",
            "LOG_LEVEL, verbose",
            "ROOT_ACCESS_KEY_ID, short",
            "DEV, yes",
            "AUDIT_LOG, off",
            "CREDENTIAL_EXCHANGE_ROLE, chat-user",
            "CREDENTIAL_EXCHANGE_PROVIDER, http://example.com",
            "CREDENTIAL_EXCHANGE_APP_INSTANCE, default",
            "CREDENTIAL_EXCHANGE_USER_CLAIM, ''",
            "LAMBDA_ENDPOINT, AWS",
            "LAMBDA_ENDPOINT, localhost:4566",
            "LAMBDA_ENDPOINT, 'https://exa mple.com'",
            "LAMBDA_ENDPOINT, http://localhost:4566",
            "LAMBDA_ENDPOINT, https://user:password@example.com",
            "LAMBDA_ENDPOINT, https://example.com#part",
            "LAMBDA_ENDPOINT, ftp://example.com",
            "LAMBDA_ENDPOINT, https:///path",
            "PROCESSOR_WEBHOOKS, https://example.com",
            "KINESIS_ENDPOINT, https://example.com#part",
            "STREAM_SINKS, arn:aws:kinesis:us-east-1:123456789012:stream/events=https://example.com",
            "STREAM_SINKS, arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-events=example",
            "STREAM_SINKS, arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-events=http://example.com",
            "LEX_ENDPOINT, ftp://example.com",
            "BOT_WEBHOOKS, arn:aws:lex:us-east-1:123456789012:bot/words=https://example.com",
            "BOT_WEBHOOKS, arn:aws:lex:us-east-1:123456789012:bot-alias/BOT0000001/ALIAS00001=http://example.com",
            "PROCESSOR_WEBHOOKS, arn:aws:lambda:us-east-1:123456789012:function:words",
            "PROCESSOR_WEBHOOKS, arn:aws:lambda:us-east-1:123456789012:function:words=",
            "PROCESSOR_WEBHOOKS, arn:aws:lambda:us-east-1:123456789012:function:words=words",
            "PROCESSOR_WEBHOOKS, arn:aws:sqs:us-east-1:123456789012:words=https://example.com",
            "PROCESSOR_WEBHOOKS, =https://example.com",
            "PROCESSOR_WEBHOOKS, 'arn:aws:lambda:us-east-1:123456789012:function:words=https://example.com,'",
            "ALERT_EVENT_BRIDGE_ENDPOINT, http://localhost:4566",
            "ALERT_EVENT_BUS, ''",
            "ALERT_EVENT_BUS, a bus",
            "ALERT_SOURCE, ''",
            "ALERT_SOURCE, a source",
            "ALERT_WEBHOOK, http://example.com",
            "OUTBOUND_HOSTS, https://example.com",
            "OUTBOUND_HOSTS, 'example.com,'",
            "OUTBOUND_HOSTS, *.example.com",
            "OUTBOUND_PRIVATE_ADDRESSES, yes",
            "REGION, ''",
            "DATA, ''"})
    void whatIsNotAllowedIsRefused(Setting setting, String text) {
        assertRefused(setting, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "example.com:443", "[::1]", "[2001:db8::1]:8443", "10.0.0.1:80"})
    void aPublicHostMayHaveAPort(String host) {
        assertThat(read(Map.of(), Map.of(Setting.PUBLIC_HOST, host)).publicHost()).isEqualTo(host);
    }

    @Test
    void bothPortsCannotBeTheSame() {
        assertThatThrownBy(() -> read(Map.of(), Map.of(Setting.PORT, "9000", Setting.ADMIN_PORT, "9000")))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("adminPort is 9000");
    }

    @Test
    void developmentStaysOnThisMachine() {
        assertThat(read(Map.of(), Map.of(Setting.DEV, "true")).host()).isEqualTo("localhost");
        assertThat(read(Map.of(), Map.of(Setting.DEV, "true", Setting.HOST, "127.0.0.1")).host())
                .isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> read(Map.of(), Map.of(Setting.DEV, "true", Setting.HOST, "0.0.0.0")))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("goes with a host on loopback");
    }

    @Test
    void aMasterKeyThatIsNoneIsRefusedAndNotShown() {
        assertThatThrownBy(() -> read(Map.of("BELLFRAME_MASTER_KEY", "0123456789abcdef"), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .message()
                .contains("masterKey has a value that is not allowed")
                .doesNotContain("0123456789abcdef");
    }

    @Test
    void whatGoesTogetherIsSetTogether() {
        assertThatThrownBy(() -> read(Map.of("BELLFRAME_PREVIOUS_MASTER_KEY", "a".repeat(64)), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("previousMasterKey goes with masterKey");
        assertThatThrownBy(() -> read(
                Map.of("BELLFRAME_CREDENTIAL_EXCHANGE_ROLE", "arn:aws:iam::123456789012:role/chat"), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("credentialExchangeProvider");
    }

    @Test
    void webhooksGoWithASecretThatIsOneAndNotShown() {
        String webhook = "arn:aws:lambda:us-east-1:123456789012:function:words=https://example.com/words";
        String secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

        assertThat(read(Map.of("BELLFRAME_WEBHOOK_SECRET", secret + " " + secret),
                Map.of(Setting.PROCESSOR_WEBHOOKS, webhook)).outbound().receivers().flows().webhooks())
                .containsValue(URI.create("https://example.com/words"));
        assertThatThrownBy(() -> read(Map.of(), Map.of(Setting.PROCESSOR_WEBHOOKS, webhook)))
                .hasMessageContaining("go with webhookSecret");
        assertThatThrownBy(() -> read(Map.of(), Map.of(Setting.ALERT_WEBHOOK, "https://example.com")))
                .hasMessageContaining("go with webhookSecret");
        assertThatThrownBy(() -> read(Map.of("BELLFRAME_WEBHOOK_SECRET", "whsec_c2hvcnQ="), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .message()
                .contains("webhookSecret has a value that is not allowed")
                .doesNotContain("c2hvcnQ");
    }

    @ParameterizedTest
    @CsvSource({
            "https://example.com, go with webhookSecret",
            "kafka:events, 'begins with kafka:: set kafkaPropertiesFile too'",
            "nats:events, 'begins with nats:: set natsServers too'"})
    void aSinkGoesWithWhatItNeeds(String sink, String problem) {
        assertThatThrownBy(() -> read(Map.of(), Map.of(Setting.STREAM_SINKS, STREAM + "=" + sink)))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka:", "kafka:two words", "nats:", "nats:chat.*", "nats:chat..events"})
    void aSinkThatIsNoneIsRefused(String sink) {
        assertThatThrownBy(() -> read(Map.of("BELLFRAME_NATS_SERVERS", "nats://localhost"),
                Map.of(Setting.STREAM_SINKS, STREAM + "=" + sink, Setting.KAFKA_PROPERTIES_FILE, "kafka")))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("streamSinks is " + sink);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:4222", "nats://me:pass@localhost http://localhost", "nats:// localhost"})
    void serversOfNatsAreUrlsThatAreNotShown(String servers) {
        assertThatThrownBy(() -> read(Map.of("BELLFRAME_NATS_SERVERS", servers), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .message()
                .contains("natsServers has a value that is not allowed")
                .doesNotContain("localhost");
    }

    @Test
    void streamsAreAtTheirSinks() throws IOException {
        Path kafka = Files.writeString(folder.resolve("kafka.properties"), "bootstrap.servers=one:9092,two:9092\n");

        Receivers.Streams streams = read(Map.of("BELLFRAME_NATS_SERVERS", "nats://me:pass@one tls://two:4443"),
                Map.of(Setting.STREAM_SINKS, STREAM + "-1=kafka:events," + STREAM + "-2=nats:chat.events",
                        Setting.KAFKA_PROPERTIES_FILE, kafka.toString()))
                .outbound()
                .receivers()
                .streams();

        assertThat(streams.sinks()).containsEntry(STREAM + "-1", new StreamSink.Kafka(new KafkaTopic(
                new KafkaCluster("one:9092,two:9092", Map.of("bootstrap.servers", "one:9092,two:9092")), "events")))
                .containsEntry(STREAM + "-2", new StreamSink.Nats(new NatsSubject(new NatsCluster(
                        List.of(URI.create("nats://me:pass@one"), URI.create("tls://two:4443")), null),
                        "chat.events")));
    }

    @ParameterizedTest
    @CsvSource({"KAFKA_PROPERTIES_FILE, NoSuchFile", "PUSH_APPS_FILE, NoSuchFile"})
    void aFileThatIsNamedIsThere(Setting setting, String problem) {
        OutboundConfig config = read(Map.of(), Map.of(setting, folder.resolve("nothing").toString())).outbound();

        assertThatThrownBy(config::receivers).isInstanceOf(InvalidConfig.class)
                .hasMessageContaining(setting.key())
                .hasMessageContaining(problem);
    }

    @Test
    void aProcessorHasOneWebhook() {
        String webhook = "arn:aws:lambda:us-east-1:123456789012:function:words=https://example.com";
        assertThatThrownBy(() -> read(Map.of(), Map.of(Setting.PROCESSOR_WEBHOOKS, webhook + "," + webhook)))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("processorWebhooks");
    }

    @Test
    void aUrlsPasswordIsNotShown() {
        assertThatThrownBy(() -> read(Map.of(), Map.of(Setting.LAMBDA_ENDPOINT, "https://me:pass@example.com")))
                .isInstanceOf(InvalidConfig.class)
                .message()
                .contains("lambdaEndpoint")
                .doesNotContain("pass");
    }

    @Test
    void plainHttpGoesWithPrivateAddresses() {
        Map<Setting, String> flags = Map.of(Setting.LAMBDA_ENDPOINT, "http://localhost:4566",
                Setting.OUTBOUND_PRIVATE_ADDRESSES, "true");
        assertThat(read(Map.of(), flags).outbound().flows().lambdaEndpoint()).isEqualTo("http://localhost:4566");
    }

    @Test
    void awsTakesNoEventsThatPretendToBeItsOwn() {
        assertThatThrownBy(() -> read(Map.of(), Map.of(Setting.ALERT_EVENT_BRIDGE_ENDPOINT, "aws")))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("alertSource is aws.chime");
        assertThat(read(Map.of(), Map.of(Setting.ALERT_EVENT_BRIDGE_ENDPOINT, "aws", Setting.ALERT_SOURCE, "chat"))
                .outbound()
                .alerts()
                .source()).isEqualTo("chat");
    }

    @Test
    void theMessageSaysWhereTheValueComesFrom() throws IOException {
        write("port=70000");

        assertThatThrownBy(() -> read(Map.of(), Map.of()))
                .hasMessage("port is 70000, must be 0 to 65535 (from "
                        + folder.resolve(ConfigReader.FILE_IN_DATA_FOLDER) + ")");
    }

    @Test
    void aSecretIsReadFromTheFileThatAVariableNames() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef+/\n");

        ServerConfig config = read(
                Map.of("BELLFRAME_ROOT_ACCESS_KEY_ID", "AKIA234567ABCDEFGHIJ",
                        "BELLFRAME_ROOT_SECRET_ACCESS_KEY_FILE", secret.toString()),
                Map.of());

        assertThat(config.rootSecretAccessKey()).isEqualTo(new Secret("0123456789abcdef+/"));
    }

    @Test
    void aSecretCannotBeGivenTwice() {
        assertThatThrownBy(() -> read(
                Map.of("BELLFRAME_ROOT_SECRET_ACCESS_KEY", "0123456789abcdef",
                        "BELLFRAME_ROOT_SECRET_ACCESS_KEY_FILE", "/x"),
                Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("set one of them");
    }

    @Test
    void onlySecretsMayComeFromFilesOfTheirOwn() {
        assertThatThrownBy(() -> read(Map.of("BELLFRAME_REGION_FILE", "/x"), Map.of()))
                .isInstanceOf(InvalidConfig.class);
    }

    @Test
    void halfARootKeyIsRefused() {
        assertThatThrownBy(() -> read(Map.of("BELLFRAME_ROOT_SECRET_ACCESS_KEY", "0123456789abcdef"), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("go together");
    }

    @Test
    void certificateAndKeyAreSetTogether() {
        ServerConfig config = read(Map.of("BELLFRAME_TLS_KEY_FILE", "key.pem"),
                Map.of(Setting.TLS_CERTIFICATE_FILE, "chain.pem"));

        assertThat(config.tlsCertificateFile()).isEqualTo(Path.of("chain.pem"));
        assertThat(config.tlsKeyFile()).isEqualTo(Path.of("key.pem"));
        for (Setting setting : List.of(Setting.TLS_CERTIFICATE_FILE, Setting.TLS_KEY_FILE)) {
            assertThatThrownBy(() -> read(Map.of(), Map.of(setting, "file.pem")))
                    .isInstanceOf(InvalidConfig.class)
                    .hasMessage("tlsCertificateFile and tlsKeyFile go together: set both or neither");
        }
    }

    @Test
    void profileAwsAllowsOneConnectASecondUnlessMoreAreSet() {
        assertThat(read(Map.of(), Map.of()).sessions().connectsPerSecondMax()).isZero();
        assertThat(read(Map.of(), Map.of(Setting.LIMITS, "aws")).sessions().connectsPerSecondMax()).isEqualTo(1);
        assertThat(read(Map.of("BELLFRAME_SESSION_CONNECTS_PER_SECOND_MAX", "0"), Map.of(Setting.LIMITS, "aws"))
                .sessions()
                .connectsPerSecondMax()).isZero();
    }

    @Test
    void proxiesAreAddressesAndBlocksOfThem() {
        ServerConfig config = read(Map.of(),
                Map.of(Setting.TRUSTED_PROXIES, "10.1.2.3/8, 192.0.2.1,2001:db8::/32,::1"));

        assertThat(config.proxies().trusted()).extracting(AddressBlock::toString)
                .containsExactly("10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32", "::1/128");
        assertThat(config.proxies().protocol()).isFalse();
    }

    @Test
    void theProxyProtocolTakesTrustedProxies() {
        assertThatThrownBy(() -> read(Map.of(), Map.of(Setting.PROXY_PROTOCOL, "true")))
                .isInstanceOf(InvalidConfig.class)
                .hasMessage("proxyProtocol goes with trustedProxies: set both, or trustedProxies alone");
    }

    @Test
    void noMessageShowsASecret() {
        assertThatThrownBy(() -> read(Map.of("BELLFRAME_ROOT_SECRET_ACCESS_KEY", "tooshort"), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("rootSecretAccessKey")
                .message()
                .doesNotContain("tooshort");
    }

    private ServerConfig read(Map<String, String> environment, Map<Setting, String> flags) {
        var all = new EnumMap<Setting, String>(Setting.class);
        all.put(Setting.DATA, folder.toString());
        all.putAll(flags);
        return new ConfigReader(environment).read(all, null);
    }

    private void write(String line) throws IOException {
        Files.writeString(folder.resolve(ConfigReader.FILE_IN_DATA_FOLDER), line + "\n");
    }

    private void assertRefused(Setting setting, String text) {
        assertThatThrownBy(() -> read(Map.of(), Map.of(setting, text)))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageStartingWith(setting.key() + " is ")
                .hasMessageContaining("must be " + setting.allowed());
    }
}
