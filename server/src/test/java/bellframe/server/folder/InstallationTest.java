package bellframe.server.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.credentials.AccessKey;
import bellframe.server.config.ConfigReader;
import bellframe.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    /// Each start has its own object of it.
    private static final RecursiveComparisonConfiguration BUT_THE_MASTER_KEY = RecursiveComparisonConfiguration
            .builder()
            .withIgnoredFields("masterKey")
            .build();

    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path temporary;

    private DataFolder folder;

    @BeforeEach
    void createFolder() {
        folder = DataFolder.create(temporary.resolve("data"));
    }

    @Test
    void theFirstStartMakesAnAccountAKeyAndAnAppInstance() {
        Installation installation = complete(ServerConfig.defaults());

        assertThat(installation.account()).matches("[1-9][0-9]{11}");
        assertThat(installation.region()).isEqualTo("us-east-1");
        assertThat(installation.rootKey().id()).matches("AKIA[A-Z2-7]{16}");
        assertThat(installation.rootKey().secret()).matches("[A-Za-z0-9+/]{40}");
        assertThat(installation.rootKey().principal().arn())
                .isEqualTo("arn:aws:iam::" + installation.account() + ":root");
        assertThat(installation.appInstanceArn()).isEqualTo("arn:aws:chime:us-east-1:" + installation.account()
                + ":app-instance/" + installation.appInstanceId());
    }

    @Test
    void laterStartsFindTheSame() {
        Installation first = complete(ServerConfig.defaults());

        assertThat(complete(ServerConfig.defaults())).usingRecursiveComparison(BUT_THE_MASTER_KEY).isEqualTo(first);
        assertThat(read()).get().usingRecursiveComparison(BUT_THE_MASTER_KEY).isEqualTo(first);
    }

    @Test
    void aFolderWithoutACompleteFirstStartHoldsNothing() throws IOException {
        assertThat(read()).isEmpty();
        complete(ServerConfig.defaults());
        Files.delete(folder.rootKey());

        assertThat(read()).isEmpty();
    }

    @Test
    void aFirstStartKilledBeforeItsFirstFileIsCompleted() throws IOException {
        Files.writeString(folder.installation().resolveSibling("installation.properties.tmp"), "account=12");

        assertThat(complete(ServerConfig.defaults()).account()).hasSize(12);
    }

    @Test
    void aFirstStartKilledBetweenItsFilesIsCompleted() throws IOException {
        Installation first = complete(ServerConfig.defaults());
        Files.delete(folder.rootKey());
        Files.writeString(folder.rootKey().resolveSibling("root-key.properties.tmp"), "accessKey");

        Installation second = complete(ServerConfig.defaults());

        assertThat(second.account()).isEqualTo(first.account());
        assertThat(second.appInstanceId()).isEqualTo(first.appInstanceId());
        assertThat(second.rootKey()).isNotEqualTo(first.rootKey());
        assertThat(read()).get().usingRecursiveComparison(BUT_THE_MASTER_KEY).isEqualTo(second);
    }

    @Test
    void dataWithoutItsInstallationIsNotGivenAnother() throws IOException {
        Files.createDirectory(folder.store());

        assertThatThrownBy(() -> complete(ServerConfig.defaults()))
                .isInstanceOf(FolderUnusable.class)
                .hasMessageContaining("installation.properties");
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        complete(ServerConfig.defaults());
        Files.writeString(folder.installation(), "account=123456789012\n");

        assertThatThrownBy(() -> complete(ServerConfig.defaults()))
                .isInstanceOf(FolderUnusable.class)
                .hasMessageContaining("region");
    }

    @Test
    void theRegionCannotBeChanged() {
        complete(ServerConfig.defaults());

        assertThatThrownBy(() -> complete(config(Map.of("BELLFRAME_REGION", "eu-central-1"))))
                .isInstanceOf(FolderUnusable.class)
                .hasMessageContaining("eu-central-1")
                .hasMessageContaining("us-east-1");
    }

    @Test
    void theAccountIsTheConfiguredOneAndCannotBeChanged() {
        assertThat(complete(config(Map.of("BELLFRAME_ACCOUNT", "000000000000"))).account()).isEqualTo("000000000000");
        assertThat(complete(ServerConfig.defaults()).account()).isEqualTo("000000000000");

        assertThatThrownBy(() -> complete(config(Map.of("BELLFRAME_ACCOUNT", "123456789012"))))
                .isInstanceOf(FolderUnusable.class)
                .hasMessageContaining("account is 123456789012")
                .hasMessageContaining("000000000000");
    }

    @Test
    void aConfiguredRootKeyIsInstalled() {
        ServerConfig config = withRootKey("with\\backslash=#and:more");

        AccessKey key = complete(config).rootKey();

        assertThat(key.id()).isEqualTo("AKIA234567ABCDEFGHIJ");
        assertThat(key.secret()).isEqualTo("with\\backslash=#and:more");
        assertThat(complete(config).rootKey()).isEqualTo(key);
        assertThat(complete(ServerConfig.defaults()).rootKey()).isEqualTo(key);
    }

    @Test
    void aConfiguredRootKeyThatIsNotTheInstalledOneIsRefused() {
        complete(ServerConfig.defaults());

        assertThatThrownBy(() -> complete(withRootKey("0123456789abcdef")))
                .isInstanceOf(FolderUnusable.class)
                .message()
                .contains("root-key.properties")
                .doesNotContain("0123456789abcdef");
    }

    @Test
    void theRootKeysSecretIsNotReadableInTheFolder() throws IOException {
        String secret = complete(ServerConfig.defaults()).rootKey().secret();

        assertThat(Files.readString(folder.rootKey())).doesNotContain(secret);
    }

    @Test
    void aRootKeyOfBeforeThatIsSealed() throws IOException {
        Installation first = complete(ServerConfig.defaults());
        Files.writeString(folder.rootKey(), "accessKeyId=AKIA234567ABCDEFGHIJ\nsecretAccessKey=0123456789abcdef\n");

        assertThat(read().orElseThrow().rootKey().secret()).isEqualTo("0123456789abcdef");
        assertThat(complete(ServerConfig.defaults()).account()).isEqualTo(first.account());
        assertThat(Files.readString(folder.rootKey())).doesNotContain("0123456789abcdef");
        assertThat(read().orElseThrow().rootKey().secret()).isEqualTo("0123456789abcdef");
    }

    @Test
    void theRootKeyIsReplaced() {
        Installation first = complete(ServerConfig.defaults());

        AccessKey replaced = first.rootKeyFile(folder).rotate(ServerConfig.defaults(), random);

        assertThat(replaced.id()).isNotEqualTo(first.rootKey().id());
        assertThat(replaced.principal()).isEqualTo(first.rootKey().principal());
        assertThat(complete(ServerConfig.defaults()).rootKey()).isEqualTo(replaced);
    }

    @Test
    void aConfiguredRootKeyIsNotReplaced() {
        ServerConfig config = withRootKey("0123456789abcdef");
        Installation first = complete(config);

        assertThatThrownBy(() -> first.rootKeyFile(folder).rotate(config, random))
                .isInstanceOf(FolderUnusable.class)
                .message()
                .contains("is configured", "rootAccessKeyId", "root-key.properties")
                .doesNotContain("0123456789abcdef");
        assertThat(complete(config).rootKey()).isEqualTo(first.rootKey());
    }

    @Test
    void aLostRootKeyIsSaidToBeLost() throws IOException {
        Installation first = complete(ServerConfig.defaults());
        Files.writeString(folder.rootKey(), "nonsense");

        assertThatThrownBy(this::read)
                .isInstanceOf(FolderUnusable.class)
                .hasMessageContaining("the root key is lost, and `./bellframe keys rotate` makes another one");
        Files.delete(folder.rootKey());
        assertThatThrownBy(() -> first.rootKeyFile(folder).read())
                .isInstanceOf(FolderUnusable.class)
                .hasMessageContaining("the root key is lost");
    }

    @Test
    void theMasterKeyOfTheFolderGivesWayToAConfiguredOne() {
        Installation first = complete(ServerConfig.defaults());
        ServerConfig configured = withMasterKey("a".repeat(64), null);

        assertThat(complete(configured).rootKey()).isEqualTo(first.rootKey());
        new MasterKeyFile(folder, configured.keys(), random).settle();

        assertThat(folder.masterKey()).doesNotExist();
        assertThat(complete(configured).rootKey()).isEqualTo(first.rootKey());
        assertThatThrownBy(() -> Installation.read(folder, ServerConfig.defaults(), random))
                .isInstanceOf(FolderUnusable.class)
                .hasMessageContaining("masterKey is not set");
    }

    @Test
    void anotherMasterKeyOpensNothingWithoutTheOneBefore() {
        Installation first = complete(withMasterKey("a".repeat(64), null));

        assertThatThrownBy(() -> complete(withMasterKey("b".repeat(64), null)))
                .isInstanceOf(FolderUnusable.class)
                .message()
                .contains("was not sealed with this master key")
                .doesNotContain("bbbb");
        assertThat(complete(withMasterKey("b".repeat(64), "a".repeat(64))).rootKey()).isEqualTo(first.rootKey());
        assertThat(complete(withMasterKey("b".repeat(64), null)).rootKey()).isEqualTo(first.rootKey());
    }

    @Test
    void aKeptMasterKeyIsReplacedAtTheNextStart() {
        Installation first = complete(ServerConfig.defaults());
        var keys = new MasterKeyFile(folder, ServerConfig.defaults().keys(), random);
        String before = keys.read().id();

        keys.makeNext();
        Installation second = complete(ServerConfig.defaults());
        keys.settle();

        assertThat(second.masterKey().id()).isNotEqualTo(before);
        assertThat(second.rootKey()).isEqualTo(first.rootKey());
        assertThat(keys.read().id()).isEqualTo(second.masterKey().id());
        assertThat(complete(ServerConfig.defaults()).rootKey()).isEqualTo(first.rootKey());
    }

    private ServerConfig withMasterKey(String key, @Nullable String previous) {
        return config(previous == null
                ? Map.of("BELLFRAME_MASTER_KEY", key)
                : Map.of("BELLFRAME_MASTER_KEY", key, "BELLFRAME_PREVIOUS_MASTER_KEY", previous));
    }

    private Optional<Installation> read() {
        return Installation.read(folder, ServerConfig.defaults(), random);
    }

    private Installation complete(ServerConfig config) {
        return Installation.complete(folder, config, random);
    }

    private static ServerConfig withRootKey(String secret) {
        return config(Map.of(
                "BELLFRAME_ROOT_ACCESS_KEY_ID", "AKIA234567ABCDEFGHIJ",
                "BELLFRAME_ROOT_SECRET_ACCESS_KEY", secret));
    }

    private static ServerConfig config(Map<String, String> environment) {
        return new ConfigReader(environment).read(Map.of(), null);
    }
}
