package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.storage.rocksdb.StoreFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.chimesdkmessaging.model.SortOrder;

/// Data folders that former versions left behind are opened by this one, which answers what they answered and goes on.
class UpgradeIT {

    private static final Path KEPT = ProjectRoot.path().resolve("server/src/test/data-folders");

    private final RunningServer server = new RunningServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("keptFolders")
    void aKeptFolderIsReadWholeAndWrittenOn(Path zip) throws IOException {
        readAndWriteOn(zip);
    }

    static List<Path> keptFolders() throws IOException {
        try (Stream<Path> files = Files.list(KEPT)) {
            return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
        }
    }

    @Test
    void aFolderOfThePresentFormatIsKept() {
        assertThat(KEPT.resolve("format-" + StoreFormat.CURRENT + ".zip")).exists();
    }

    /// Makes the folder that is to be kept of this version, and shows that it is good for that.
    @Test
    @Tag("long")
    void aFolderIsMadeToBeKept() throws IOException {
        Path zip = ProjectRoot.path().resolve("server/target/data-folders/format-" + StoreFormat.CURRENT + ".zip");
        try (var filled = new RunningServer()) {
            filled.start();
            KeptDataFolder.make(filled, zip);
        }
        readAndWriteOn(zip);
    }

    private void readAndWriteOn(Path zip) throws IOException {
        KeptAnswers answers = KeptDataFolder.unpack(zip, server);
        server.start();
        try (var clients = SdkClients.of(server)) {
            answers.check(clients);
        }
        server.kill9();
        server.start();
        try (var clients = SdkClients.of(server)) {
            answers.check(clients);
            writeOn(clients);
        }
    }

    private static void writeOn(SdkClients clients) {
        String app = clients.appInstance();
        String ada = clients.identity()
                .listAppInstanceUsers(list -> list.appInstanceArn(app))
                .appInstanceUsers()
                .stream()
                .map(user -> user.appInstanceUserArn())
                .filter(arn -> arn.contains("/user/ada"))
                .findFirst()
                .orElseThrow();
        String channel = app + "/channel/a-channel-of-that-id";
        String id = clients.send(ada, channel, "much later");

        var listed = clients.messaging()
                .listChannelMessages(
                        list -> list.channelArn(channel).chimeBearer(ada).sortOrder(SortOrder.ASCENDING))
                .channelMessages();
        assertThat(listed).hasSizeGreaterThan(4);
        assertThat(listed.getLast().messageId()).isEqualTo(id);
    }
}
