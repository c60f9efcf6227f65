package bellframe.server.training;

import bellframe.server.config.ServerConfig;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.Installation;
import bellframe.server.folder.RunningServerFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Does to the server of a data folder what clients do most: they connect, send and read messages, with and without TLS.
///
/// What happens while a JVM records is what its cache is good for. The folder is one for this purpose only.
final class Training {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);
    /// Enough for the methods of a request to be profiled, and soon done.
    private static final int MESSAGES = 100;

    private final TrainingClient client;
    private final String appInstance;
    private final String id;
    private final String user;
    private final String channel;

    /// @param id of the user and of the channel
    private Training(TrainingClient client, String appInstance, String id) {
        this.client = client;
        this.appInstance = appInstance;
        this.id = id;
        this.user = appInstance + "/user/" + id;
        this.channel = appInstance + "/channel/" + id;
    }

    /// Waits for the server and is done when it has been served.
    ///
    /// @param arguments the data folder
    public static void main(String[] arguments) throws Exception {
        DataFolder folder = DataFolder.at(Path.of(arguments[0]));
        RunningServerFile server = awaitServer(folder);
        Installation installation = Installation.read(folder, ServerConfig.defaults(), new SecureRandom())
                .orElseThrow();
        var clock = InstantSource.system();
        try (var client = TrainingClient.of(server, installation, folder, clock)) {
            new Training(client, installation.appInstanceArn(), "training-" + clock.millis()).run();
        }
    }

    private static RunningServerFile awaitServer(DataFolder folder) throws InterruptedException, IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            var server = RunningServerFile.read(folder);
            if (server.isPresent()) {
                return server.get();
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_INTERVAL.toNanos());
        }
        throw new IOException("no server has started in " + folder);
    }

    private void run() throws IOException, InterruptedException, GeneralSecurityException {
        client.post("/app-instance-users", "", """
                {"AppInstanceArn": "%s", "AppInstanceUserId": "%s", "Name": "Trainee", "ClientRequestToken": "%s"}
                """.formatted(appInstance, id, client.nextToken()));
        client.post("/channels", user, """
                {"AppInstanceArn": "%s", "ChannelId": "%s", "Name": "Training", "ClientRequestToken": "%s"}
                """.formatted(appInstance, id, client.nextToken()));
        for (String scheme : new String[]{"ws", "wss"}) {
            try (var session = client.connect(scheme, user)) {
                session.awaitFrame();
                send(session);
            }
        }
        client.get(messages(), user);
        client.scrape();
    }

    private void send(TrainingSession session) throws IOException, InterruptedException, GeneralSecurityException {
        for (int i = 0; i < MESSAGES; i++) {
            client.post(messages(), user, """
                    {"Content": "hello", "Type": "STANDARD", "Persistence": "PERSISTENT", "ClientRequestToken": "%s"}
                    """.formatted(client.nextToken()));
            session.awaitFrame();
        }
    }

    private String messages() {
        return "/channels/" + TrainingClient.encode(channel) + "/messages";
    }
}
