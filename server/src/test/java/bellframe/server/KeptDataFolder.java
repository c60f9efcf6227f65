package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.utils.http.SdkHttpUtils.urlEncode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMembershipType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessagePersistenceType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMode;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelPrivacy;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessageAttributeValue;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;

/// A data folder as a version left it when it was killed, in a zip file, and what that version answered.
final class KeptDataFolder {

    private static final String ANSWERS = "answers.json";
    private static final List<String> LEFT_OUT = List.of("LOCK", "lock", "server.lock", "running.properties");

    /// Who is there, and where.
    private record Cast(String admin, String ada, String bob, String hidden, List<String> channels) {
    }

    private KeptDataFolder() {
    }

    /// Fills a server that runs with something of every kind, kills it twice and keeps its folder: the first part lies in
    /// files then, the second in the log.
    static void make(RunningServer server, Path zip) throws IOException {
        KeptAnswers answers = KeptAnswers.none();
        try (var clients = SdkClients.of(server)) {
            Cast cast = fill(clients);
            server.kill9();
            server.start();
            try (var again = clients.at(server.port())) {
                cast.channels().forEach(channel -> write(again, cast.ada(), cast.bob(), channel));
                read(again, answers, cast);
            }
        }
        server.kill9();
        answers.write(server.dataFolder().resolve(ANSWERS));
        Files.createDirectories(zip.getParent());
        try (var out = new ZipOutputStream(Files.newOutputStream(zip));
                Stream<Path> files = Files.walk(server.dataFolder())) {
            for (Path file : files.filter(KeptDataFolder::isKept).toList()) {
                out.putNextEntry(new ZipEntry(server.dataFolder().relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    private static boolean isKept(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && !name.startsWith("LOG") && !LEFT_OUT.contains(name);
    }

    /// Unpacks a kept folder to where a server that has not started yet will look for it.
    static KeptAnswers unpack(Path zip, RunningServer server) throws IOException {
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = server.dataFolder().resolve(entry.getName()).normalize();
                assertThat(file.startsWith(server.dataFolder())).as(entry.getName()).isTrue();
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
            }
        }
        return KeptAnswers.read(server.dataFolder().resolve(ANSWERS));
    }

    private static Cast fill(SdkClients clients) {
        String admin = clients.admin("admin");
        String ada = clients.user("ada");
        String bob = clients.user("bob");
        String hidden = clients.user("hidden");
        clients.identity()
                .updateAppInstanceUser(
                        update -> update.appInstanceUserArn(ada).name("Ada \uD83D\uDE00").metadata("{}"));
        clients.identity().deleteAppInstanceUser(delete -> delete.appInstanceUserArn(clients.user("gone")));
        String other = clients.otherAppInstance();
        clients.userOf(other, "stranger");
        String open = clients.channel(ada, bob);
        String closed = clients.messaging()
                .createChannel(clients.newChannel(bob)
                        .name("closed")
                        .channelId("a-channel-of-that-id")
                        .privacy(ChannelPrivacy.PRIVATE)
                        .mode(ChannelMode.UNRESTRICTED)
                        .metadata("channel metadata")
                        .memberArns(ada)
                        .moderatorArns(ada)
                        .clientRequestToken("the-token-of-the-closed-channel")
                        .build())
                .channelArn();
        clients.messaging()
                .createChannelMembership(create -> create.channelArn(closed)
                        .memberArn(hidden)
                        .type(ChannelMembershipType.HIDDEN)
                        .chimeBearer(bob));
        clients.messaging().deleteChannel(delete -> delete.channelArn(clients.channel(ada)).chimeBearer(ada));
        write(clients, ada, bob, open);
        write(clients, ada, bob, closed);
        return new Cast(admin, ada, bob, hidden, List.of(open, closed));
    }

    private static void write(SdkClients clients, String ada, String bob, String channel) {
        clients.send(ada, channel, "plain \u0000 \u2028 \uD83D\uDE00 \"quoted\"");
        String edited = clients.messaging()
                .sendChannelMessage(SdkClients.message(ada, channel, "before")
                        .metadata("metadata")
                        .contentType("text/plain")
                        .messageAttributes(
                                Map.of("colour", MessageAttributeValue.builder().stringValues("red").build()))
                        .pushNotification(push -> push.title("title").body("body"))
                        .build())
                .messageId();
        clients.messaging()
                .updateChannelMessage(update -> update.channelArn(channel)
                        .messageId(edited)
                        .content("after")
                        .chimeBearer(ada));
        String redacted = clients.send(bob, channel, "redacted");
        clients.messaging()
                .redactChannelMessage(redact -> redact.channelArn(channel).messageId(redacted).chimeBearer(bob));
        clients.messaging()
                .sendChannelMessage(SdkClients.message(bob, channel, "control")
                        .type(ChannelMessageType.CONTROL)
                        .persistence(ChannelMessagePersistenceType.PERSISTENT)
                        .build());
        clients.messaging()
                .sendChannelMessage(SdkClients.message(bob, channel, "for ada alone")
                        .target(Target.builder().memberArn(ada).build())
                        .build());
    }

    private static void read(SdkClients clients, KeptAnswers answers, Cast cast) {
        JsonNode apps = answers.keep(clients, "/app-instances", "");
        apps.path("AppInstances").forEach(app -> {
            String arn = urlEncode(app.path("AppInstanceArn").textValue());
            answers.keep(clients, "/app-instances/" + arn, "");
            answers.keep(clients, "/app-instances/" + arn + "/admins", "");
            answers.keep(clients, "/app-instance-users?app-instance-arn=" + arn, "");
        });
        String app = urlEncode(clients.appInstance());
        answers.keep(clients, "/channels?app-instance-arn=" + app, cast.admin());
        answers.keep(clients, "/channels?app-instance-arn=" + app + "&privacy=PRIVATE", cast.admin());
        for (String user : List.of(cast.ada(), cast.bob(), cast.hidden())) {
            answers.keep(clients, "/app-instance-users/" + urlEncode(user), "");
            answers.keep(clients, "/channels?scope=app-instance-user-memberships", user);
        }
        for (String channel : cast.channels()) {
            String path = SignedRequests.channelPath(channel);
            answers.keep(clients, path, cast.admin());
            answers.keep(clients, path + "/memberships", cast.admin());
            answers.keep(clients, path + "/memberships?type=HIDDEN", cast.admin());
            JsonNode listed = answers.keep(clients, path + "/messages", cast.ada());
            listed.path("ChannelMessages")
                    .forEach(message -> answers.keep(clients,
                            path + "/messages/" + message.path("MessageId").textValue(),
                            cast.ada()));
        }
    }
}
