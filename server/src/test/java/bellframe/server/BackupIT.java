package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;

/// Backups of a server that is being written to, and servers that are made of them.
class BackupIT {

    private static final int SENDERS = 6;
    private static final int BACKUPS = 2;
    private static final int SENT_BEFORE_BACKUPS = 300;

    private final RunningServer server = new RunningServer().with("BELLFRAME_STORE_MEMORY_BYTES", "8MiB");
    private final RunningServer restored = new RunningServer();

    @TempDir
    Path temporary;

    /// A message, its token and the id it was given.
    private record Sent(String sender, String content, String token, String id) {
    }

    @AfterEach
    void close() {
        server.close();
        restored.close();
    }

    @Test
    void aBackupUnderLoadHoldsWhatWasAcknowledgedAndNothingHalf() throws Exception {
        server.start();
        try (var clients = SdkClients.of(server)) {
            List<String> users = clients.users(SENDERS);
            String channel = clients.channel(users.getFirst(), users.subList(1, SENDERS).toArray(String[]::new));
            var acknowledgedBefore = new ArrayList<List<Integer>>();
            List<List<Sent>> sent = sendWhile(clients, users, channel, counts -> {
                for (int i = 0; i < BACKUPS; i++) {
                    acknowledgedBefore.add(counts.get());
                    assertDone(server.run("backup", backup(i).toString(), "--data", server.dataFolder().toString()));
                }
            });
            for (int i = 0; i < BACKUPS; i++) {
                restoreAndCompare(backup(i), clients, channel, sent, acknowledgedBefore.get(i));
            }
        }
    }

    private interface Counts {

        /// How many sends of each sender are acknowledged now.
        List<Integer> get();
    }

    private interface Backups {
        void make(Counts counts);
    }

    private static List<List<Sent>> sendWhile(SdkClients clients, List<String> users, String channel, Backups backups)
            throws Exception {
        var stopped = new AtomicBoolean();
        var some = new CountDownLatch(SENT_BEFORE_BACKUPS);
        List<List<Sent>> sent = users.stream().map(_ -> (List<Sent>) new ArrayList<Sent>()).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> sending = IntStream.range(0, users.size())
                    .mapToObj(i -> threads.submit(() -> {
                        while (!stopped.get()) {
                            send(clients, users.get(i), channel, sent.get(i));
                            some.countDown();
                        }
                    }))
                    .toList();
            Counts counts = () -> sent.stream().map(BackupIT::size).toList();
            try {
                assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
                backups.make(counts);
            } finally {
                stopped.set(true);
            }
            for (Future<?> sender : sending) {
                sender.get();
            }
        }
        return sent;
    }

    private static void send(SdkClients clients, String user, String channel, List<Sent> sent) {
        String content = "message " + size(sent) + " " + "x".repeat(1_000);
        String token = user.substring(user.length() - 5) + "-" + size(sent);
        String id = clients.messaging()
                .sendChannelMessage(SdkClients.message(user, channel, content).clientRequestToken(token).build())
                .messageId();
        synchronized (sent) {
            sent.add(new Sent(user, content, token, id));
        }
    }

    private static int size(List<Sent> sent) {
        synchronized (sent) {
            return sent.size();
        }
    }

    private void restoreAndCompare(Path backup, SdkClients before, String channel, List<List<Sent>> sent,
            List<Integer> acknowledgedBefore) {
        try (var target = new RunningServer()) {
            assertDone(target.run("restore", backup.toString(), "--data", target.dataFolder().toString()));
            target.start();
            try (var clients = before.at(target.port())) {
                String reader = sent.getFirst().getFirst().sender();
                List<ChannelMessageSummary> listed = clients.messages(reader, channel);
                for (int i = 0; i < sent.size(); i++) {
                    compare(clients, channel, listed, sent.get(i), acknowledgedBefore.get(i));
                }
                assertThat(clients.messages(reader, channel)).hasSameSizeAs(listed);
            }
        }
    }

    /// The backup holds the first messages of each sender up to some number, no fewer than were acknowledged before.
    private static void compare(SdkClients clients, String channel, List<ChannelMessageSummary> listed, List<Sent> sent,
            int acknowledgedBefore) {
        String sender = sent.getFirst().sender();
        List<String> ids = listed.stream()
                .filter(message -> message.sender().arn().equals(sender))
                .map(ChannelMessageSummary::messageId)
                .toList();
        assertThat(ids).hasSizeBetween(acknowledgedBefore, sent.size())
                .isEqualTo(sent.subList(0, ids.size()).stream().map(Sent::id).toList());
        Sent last = sent.get(ids.size() - 1);
        assertThat(clients.messaging()
                .sendChannelMessage(SdkClients.message(sender, channel, last.content())
                        .clientRequestToken(last.token())
                        .build())
                .messageId()).isEqualTo(last.id());
    }

    @Test
    void aRestoredServerHasTheAccountTheKeysAndTheCertificates() throws Exception {
        server.start();
        var env = server.env();
        byte[] authority = Files.readAllBytes(server.dataFolder().resolve("tls/ca.pem"));
        assertThat(server.terminate()).isZero();

        assertDone(server.run("backup", backup(0).toString(), "--data", server.dataFolder().toString()));
        assertDone(restored.run("restore", backup(0).toString(), "--data", restored.dataFolder().toString()));
        restored.start();

        for (String same : List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "BELLFRAME_APP_INSTANCE_ARN")) {
            assertThat(restored.env().get(same)).isEqualTo(env.get(same));
        }
        assertThat(restored.dataFolder().resolve("tls/ca.pem")).hasBinaryContent(authority);
        try (var clients = SdkClients.of(restored)) {
            assertThat(clients.user("somebody")).startsWith(env.get("BELLFRAME_APP_INSTANCE_ARN"));
        }
    }

    @Test
    void aBackupIsForItsOwnerOnly() throws Exception {
        server.start();
        assertDone(server.run("backup", backup(0).toString(), "--data", server.dataFolder().toString()));

        assertThat(Files.getPosixFilePermissions(backup(0))).hasSize(3);
        for (String secret : List.of("root-key.properties", "tls/ca-key.pem", "tls/server-key.pem")) {
            assertThat(Files.getPosixFilePermissions(backup(0).resolve(secret))).as(secret).hasSize(2);
        }
    }

    @Test
    void nothingIsWrittenOver() throws Exception {
        server.start();
        Path kept = Files.writeString(Files.createDirectory(backup(0)).resolve("kept"), "kept");

        assertRefused(server.run("backup", backup(0).toString(), "--data", server.dataFolder().toString()),
                "is not empty");
        assertDone(server.run("backup", backup(1).toString(), "--data", server.dataFolder().toString()));
        assertRefused(server.run("restore", backup(1).toString(), "--data", server.dataFolder().toString()),
                "is not empty");

        assertThat(kept).hasContent("kept");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).containsExactlyInAnyOrder(backup(0), backup(1));
        }
    }

    @Test
    void whatIsNoBackupIsNotRestored() throws Exception {
        server.start();
        Files.createDirectory(backup(0));
        assertRefused(restored.run("restore", backup(0).toString(), "--data", restored.dataFolder().toString()),
                "is no backup");

        assertDone(server.run("backup", backup(1).toString(), "--data", server.dataFolder().toString()));
        try (Stream<Path> files = Files.list(backup(1).resolve("store"))) {
            for (Path log : files.filter(file -> file.toString().endsWith(".sst")).toList()) {
                Files.delete(log);
            }
        }
        var broken = restored.run("restore", backup(1).toString(), "--data", restored.dataFolder().toString());

        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err()).contains("cannot be opened");
        assertThat(restored.dataFolder()).doesNotExist();
        assertThat(restored.dataFolder().resolveSibling("data.partial")).doesNotExist();
    }

    @Test
    void aFolderWithoutAServersDataHasNoBackup() {
        assertRefused(server.run("backup", backup(0).toString(), "--data", temporary.resolve("none").toString()),
                "nothing to copy");
        assertThat(backup(0)).doesNotExist();
    }

    private Path backup(int number) {
        return temporary.resolve("backup-" + number);
    }

    private static void assertDone(RunningServer.Finished command) {
        assertThat(command.exitCode()).as(command.err()).isZero();
    }

    private static void assertRefused(RunningServer.Finished command, String reason) {
        assertThat(command.exitCode()).as(command.err()).isEqualTo(2);
        assertThat(command.err()).contains(reason);
        assertThat(command.out()).isEmpty();
    }
}
