package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.credentials.AccessKey;
import bellframe.credentials.MasterKey;
import bellframe.credentials.NewKeys;
import bellframe.iam.Attachments;
import bellframe.iam.Entities;
import bellframe.iam.IamUser;
import bellframe.iam.UserAccessKey;
import bellframe.iam.UserAccessKeys;
import bellframe.names.Account;
import bellframe.server.config.ServerConfig;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.Installation;
import bellframe.server.folder.MasterKeyFile;
import bellframe.storage.rocksdb.RocksDbOptions;
import bellframe.storage.rocksdb.RocksDbStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `bellframe keys` does with a folder that no server uses.
class KeysCommandTest {

    private static final ServerConfig CONFIG = ServerConfig.defaults();
    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Pattern EXPORTS = Pattern.compile("""
            export AWS_ACCESS_KEY_ID=(AKIA[A-Z2-7]{16})
            export AWS_SECRET_ACCESS_KEY=([A-Za-z0-9+/]{40})
            """);

    private final SecureRandom random = new SecureRandom();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path temporary;

    private DataFolder folder;
    private Installation installation;

    @BeforeEach
    void createFolderWithUsers() {
        folder = DataFolder.create(temporary.resolve("data"));
        installation = Installation.complete(folder, CONFIG, random);
        try (var store = open()) {
            Entities<IamUser> users = Entities.users(account(), store);
            for (String name : List.of("bob", "ada")) {
                users.add(new IamUser("arn:aws:iam::" + account().id() + ":user/" + name, name, "/", "AIDA" + name,
                        CREATED, Attachments.NONE, List.of()));
            }
        }
    }

    @Test
    void allKeysAreListedInAStableOrderWithoutTheirSecrets() {
        UserAccessKey bobs = with(keys -> keys.create("bob"));
        UserAccessKey adas = with(keys -> keys.create("ada"));
        assertThat(run("disable", bobs.id())).isZero();
        out.getBuffer().setLength(0);

        assertThat(run("list")).isZero();

        assertThat(out.toString().lines()).containsExactly(
                "ACCESS KEY            USER    STATUS    CREATED",
                installation.rootKey().id() + "  (root)  Active    -",
                adas.id() + "  ada     Active    2026-01-02T03:04:05Z",
                bobs.id() + "  bob     Inactive  2026-01-02T03:04:05Z");
    }

    @Test
    void aNewKeyIsPrintedAsShellCommandsAndNothingElse() {
        assertThat(run("create", "ada")).isZero();

        Matcher exports = EXPORTS.matcher(out.toString());
        assertThat(exports.matches()).as(out.toString()).isTrue();
        AccessKey key = with(keys -> keys.find(exports.group(1)));
        assertThat(key).isNotNull()
                .returns(exports.group(2), AccessKey::secret)
                .returns("ada", made -> made.principal().userName());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aKeyIsDisabledEnabledAndDeleted() {
        UserAccessKey key = with(keys -> keys.create("ada"));

        assertThat(run("disable", key.id())).isZero();
        assertThat(usable(key)).isFalse();
        assertThat(run("enable", key.id())).isZero();
        assertThat(usable(key)).isTrue();
        assertThat(run("delete", key.id())).isZero();
        assertThat(usable(key)).isFalse();

        String described = "the access key " + key.id() + " of the user ada";
        assertThat(out.toString().lines())
                .containsExactly("disabled " + described, "enabled " + described, "deleted " + described);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "enable", "delete"})
    void theRootKeyIsReplacedOnly(String verb) {
        assertThat(run(verb, installation.rootKey().id())).isEqualTo(2);

        assertThat(err.toString()).contains("is the root key").contains("`./bellframe keys rotate` replaces it");
    }

    @Test
    void keysAndUsersThatAreNotThereAreRefused() {
        assertThat(run("disable", "AKIA234567ABCDEFGHIJ")).isEqualTo(2);
        assertThat(run("create", "carol")).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).containsExactly(
                "bellframe: there is no access key AKIA234567ABCDEFGHIJ",
                "bellframe: The user with name carol cannot be found.");
    }

    @Test
    void aFolderWithoutKeysIsRefused() {
        var none = temporary.resolve("none");

        assertThat(execute("keys", "list", "--data", none.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("there are no keys in " + none);
        assertThat(none).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gone", "nonsense", "accessKeyId=AKIA234567ABCDEFGHIJ\nsealedSecretAccessKey=AAAA\n",
            "accessKeyId=AKIA234567ABCDEFGHIJ\nsealedSecretAccessKey=***\n"})
    void theRootKeyIsReplacedWhateverBecameOfIt(String lost) throws IOException {
        UserAccessKey adas = with(keys -> keys.create("ada"));
        Path file = folder.path().resolve("root-key.properties");
        if (lost.equals("gone")) {
            Files.delete(file);
        } else if (!lost.isEmpty()) {
            Files.writeString(file, lost);
        }

        assertThat(run("rotate")).isZero();

        AccessKey replaced = Installation.read(folder, CONFIG, random).orElseThrow().rootKey();
        assertThat(out.toString()).contains("the root key is " + replaced.id() + " now").contains("./bellframe env");
        assertThat(out.toString()).doesNotContain(replaced.secret());
        assertThat(replaced.id()).isNotEqualTo(installation.rootKey().id());
        assertThat(usable(adas)).isTrue();
    }

    @Test
    void keysOfUsersAreManagedWithoutTheRootKey() throws IOException {
        UserAccessKey key = with(keys -> keys.create("ada"));
        Files.delete(folder.path().resolve("root-key.properties"));

        assertThat(run("disable", key.id())).isZero();
        assertThat(run("rotate-master")).isEqualTo(2);

        assertThat(err.toString()).contains("the root key is lost, and `./bellframe keys rotate` makes another one");
        assertThat(folder.path().resolve("master-key.next")).doesNotExist();
    }

    @Test
    void theMasterKeyIsReplacedAtOnce() {
        UserAccessKey key = with(keys -> keys.create("ada"));

        assertThat(run("rotate-master")).isZero();

        requireReplaced(key);
        assertThat(out.toString()).contains("the master key is another one now");
    }

    /// @param sealed what was sealed again before the end: nothing, the root key, or users' keys too
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anInterruptedReplacementOfTheMasterKeyIsCompleted(int sealed) {
        UserAccessKey key = with(keys -> keys.create("ada"));
        masterKeyFile().makeNext();
        if (sealed >= 1) {
            Installation.complete(folder, CONFIG, random);
        }
        if (sealed >= 2) {
            with(keys -> {
                keys.sealAgain();
                return keys.all();
            });
        }

        assertThat(run("list")).isZero();
        assertThat(run("rotate-master")).isZero();

        requireReplaced(key);
    }

    @Test
    void aConfiguredMasterKeyIsReplacedInTheConfiguration() throws IOException {
        MasterKey before = masterKeyFile().read();
        Files.writeString(folder.path().resolve("bellframe.properties"), "masterKey=" + "a".repeat(64) + "\n");

        assertThat(run("rotate-master")).isEqualTo(2);

        assertThat(err.toString()).contains("the master key is configured").contains("previousMasterKey");
        Files.delete(folder.path().resolve("bellframe.properties"));
        assertThat(masterKeyFile().read().id()).isEqualTo(before.id());
    }

    /// With the new master key alone, everything that the one before had sealed is opened.
    private void requireReplaced(UserAccessKey key) {
        Installation now = Installation.read(folder, CONFIG, random).orElseThrow();
        assertThat(now.masterKey().id()).isNotEqualTo(installation.masterKey().id());
        assertThat(now.rootKey()).isEqualTo(installation.rootKey());
        assertThat(folder.path().resolve("master-key.next")).doesNotExist();
        UserAccessKey stored = with(keys -> keys.stored(key.id()));
        assertThat(stored).isEqualTo(key);
    }

    private boolean usable(UserAccessKey key) {
        return with(keys -> keys.find(key.id())) != null;
    }

    private <T extends @Nullable Object> T with(Function<UserAccessKeys, T> use) {
        try (var store = open()) {
            return use.apply(new UserAccessKeys(account(), Entities.users(account(), store), store,
                    masterKeyFile().read(), new NewKeys(random), InstantSource.fixed(CREATED)));
        }
    }

    private MasterKeyFile masterKeyFile() {
        return new MasterKeyFile(folder, CONFIG.keys(), random);
    }

    private Account account() {
        return new Account(installation.account(), installation.region());
    }

    private RocksDbStorage open() {
        return RocksDbStorage.open(RocksDbOptions.of(folder.path()));
    }

    private int run(String... arguments) {
        var words = new String[arguments.length + 3];
        words[0] = "keys";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        words[arguments.length + 1] = "--data";
        words[arguments.length + 2] = folder.toString();
        return execute(words);
    }

    private int execute(String... arguments) {
        return Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }
}
