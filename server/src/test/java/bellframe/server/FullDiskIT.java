package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.storage.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.ServiceUnavailableException;

/// The real server on a disk that fills up under it.
class FullDiskIT {

    private static final int DISK_MEBIBYTES = 64;
    private static final long MIB = 1L << 20;

    @TempDir
    Path temporary;

    /// With room above the reserve the store itself runs out of it, below the reserve it is not asked.
    @ParameterizedTest
    @ValueSource(longs = {2 * MIB, MIB / 2, 0})
    @Timeout(value = 150, unit = TimeUnit.SECONDS)
    void aFullDiskIsUnavailableUntilThereIsRoomAndLosesNothing(long leftBytes) throws Exception {
        Path mountPoint = Files.createDirectory(temporary.resolve("disk"));
        try (var disk = SmallDisk.mount(mountPoint, DISK_MEBIBYTES);
                var server = new RunningServer().in(mountPoint)
                        .with("BELLFRAME_FREE_SPACE_RESERVE_BYTES", "1MiB")
                        .with("BELLFRAME_STORE_MEMORY_BYTES", "8MiB")) {
            server.start();
            try (var clients = SdkClients.of(server)) {
                String user = clients.user("user");
                String channel = clients.channel(user);
                var sent = new ArrayList<String>();
                sent.add(clients.send(user, channel, "before"));

                disk.fill(leftBytes);
                SendChannelMessageRequest refused = sendUntilRefused(clients, user, channel, sent);
                assertThat(list(clients, user, channel)).as("reads while the disk is full").containsAll(sent);

                disk.makeRoom();
                sent.add(sendUntilTaken(clients, refused));
                assertThat(list(clients, user, channel)).isEqualTo(sent);

                assertThat(server.log()).contains("writes are refused", "writes are taken again")
                        .doesNotContain("Exception");
                server.kill9();
                server.start();
                try (var after = clients.at(server.port())) {
                    assertThat(list(after, user, channel)).isEqualTo(sent);
                    assertThat(after.messaging().sendChannelMessage(refused).messageId()).isEqualTo(sent.getLast());
                }
            }
        }
    }

    /// @return the request that was refused
    private static SendChannelMessageRequest sendUntilRefused(SdkClients clients, String user, String channel,
            List<String> sent) {
        while (true) {
            var request = SdkClients.message(user, channel, "x".repeat(4_000))
                    .clientRequestToken(UUID.randomUUID().toString())
                    .build();
            try {
                sent.add(clients.messaging().sendChannelMessage(request).messageId());
            } catch (ServiceUnavailableException full) {
                assertThat(full.statusCode()).isEqualTo(503);
                return request;
            }
        }
    }

    private static String sendUntilTaken(SdkClients clients, SendChannelMessageRequest request) {
        while (true) {
            try {
                return clients.messaging().sendChannelMessage(request).messageId();
            } catch (ServiceUnavailableException full) {
                assertThat(full.statusCode()).isEqualTo(503);
            }
        }
    }

    private static List<String> list(SdkClients clients, String reader, String channel) {
        return clients.messages(reader, channel).stream().map(message -> message.messageId()).toList();
    }

    @Test
    void aReserveLargerThanTheDiskRefusesWritesFromTheStart() throws Exception {
        try (var server = new RunningServer()) {
            server.start();
            try (var before = SdkClients.of(server)) {
                String user = before.user("user");
                String channel = before.channel(user);
                server.with("BELLFRAME_FREE_SPACE_RESERVE_BYTES", "1024GiB").restart();
                try (var clients = before.at(server.port())) {
                    assertThatExceptionOfType(ServiceUnavailableException.class)
                            .isThrownBy(() -> clients.send(user, channel, "refused"));
                }
            }
        }
    }
}
