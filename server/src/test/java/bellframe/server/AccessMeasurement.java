package bellframe.server;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/// Measures what SendChannelMessage costs the server, sent by one client after the other: with the root key, whose
/// requests ask no policy, and with temporary credentials of roles, one of which asks for the tags of what it is about.
///
/// Not a test: `docs/performance.md` has the command and the figures.
final class AccessMeasurement {

    private static final int USUAL_ROUNDS = 5;
    private static final int USUAL_MESSAGES = 3_000;
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},
            "Action":["sts:AssumeRole","sts:TagSession"]}]}""";
    private static final String ALLOW = """
            {"Effect":"Allow","Action":"chime:SendChannelMessage",
            "Resource":["APP/user/${aws:PrincipalTag/AppInstanceUserId}","APP/channel/*"]}""";
    private static final String DENY_BY_TAG = """
            {"Effect":"Deny","Action":"chime:SendChannelMessage","Resource":"*",
            "Condition":{"StringEquals":{"aws:ResourceTag/mode":"read-only"}}}""";

    private AccessMeasurement() {
    }

    /// Takes the number of rounds and of messages in each, if others than those of `docs/performance.md`.
    static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : USUAL_ROUNDS;
        int messages = args.length > 1 ? Integer.parseInt(args[1]) : USUAL_MESSAGES;
        try (RunningServer server = SessionMeasurement.server()) {
            server.start();
            try (var root = SdkClients.of(server)) {
                measure(server, root, rounds, messages);
            }
        }
    }

    private static void measure(RunningServer server, SdkClients root, int rounds, int messages) {
        String user = root.user("sender");
        String channel = root.channel(user);
        try (SdkClients chatUser = root.as(session(root, user, "chat-user", ALLOW));
                SdkClients askedForTags = root.as(session(root, user, "tags", ALLOW + "," + DENY_BY_TAG))) {
            List<SdkClients> clients = List.of(root, chatUser, askedForTags);
            // Compiled code counts, not how it came to be.
            clients.forEach(client -> send(client, user, channel, 2 * messages));
            var micros = new double[clients.size()][rounds];
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < clients.size(); i++) {
                    micros[i][round] = serverMicros(server, clients.get(i), user, channel, messages);
                }
            }
            System.out.printf("CPU of the server for one message, median of %d rounds of %d:%n", rounds, messages);
            System.out.printf("root key                 %.0f us%nrole                     %.0f us%n", median(micros[0]),
                    median(micros[1]));
            System.out.printf("role that asks for tags  %.0f us%n", median(micros[2]));
        }
    }

    private static AwsSessionCredentials session(SdkClients root, String user, String name, String statements) {
        String id = user.substring(user.lastIndexOf('/') + 1);
        String role = root.iam()
                .createRole(create -> create.roleName(name).assumeRolePolicyDocument(TRUST))
                .role()
                .arn();
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
        root.iam()
                .putRolePolicy(put -> put.roleName(name)
                        .policyName("send")
                        .policyDocument(policy.replace("APP", root.appInstance())));
        Credentials credentials = root.sts()
                .assumeRole(assume -> assume.roleArn(role)
                        .roleSessionName("sender")
                        .tags(Tag.builder().key("AppInstanceUserId").value(id).build()))
                .credentials();
        return AwsSessionCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey(),
                credentials.sessionToken());
    }

    private static double serverMicros(RunningServer server, SdkClients client, String user, String channel,
            int messages) {
        Duration before = cpuTime(server);
        send(client, user, channel, messages);
        Duration used = cpuTime(server).minus(before);
        return used.toNanos() / 1_000.0 / messages;
    }

    private static Duration cpuTime(RunningServer server) {
        return server.process().info().totalCpuDuration().orElseThrow();
    }

    private static void send(SdkClients client, String user, String channel, int messages) {
        for (int i = 0; i < messages; i++) {
            client.messaging().sendChannelMessage(SdkClients.message(user, channel, "x".repeat(300)).build());
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
