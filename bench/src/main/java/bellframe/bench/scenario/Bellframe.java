package bellframe.bench.scenario;

import bellframe.bench.load.Calls;
import bellframe.bench.load.Calls.Call;
import bellframe.bench.load.Request;
import bellframe.bench.load.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The server as its users start it: `./bellframe serve`, with its defaults but for ports, folder and connections per address.
final class Bellframe implements Subject {

    static final String NAME = "Bellframe";

    private static final Pattern PORT = Pattern.compile("^ +HTTPS +https://\\S+:(\\d+)$");
    private static final Pattern EXPORT = Pattern.compile("export (\\w+)=(.*)");
    private static final Pattern FLOW_ARN = Pattern.compile("\"ChannelFlowArn\":\"([^\"]+)\"");
    private static final Pattern CHANNEL_ARN = Pattern.compile("\"ChannelArn\":\"([^\"]+)\"");
    /// Senders: few, so that the caches that serve them are those of a busy server.
    private static final int SENDERS = 64;
    private static final int MEMBERS_PER_BATCH = 100;

    private final ServerProcess process;
    private final SigningKey key;
    private final String appInstanceArn;

    private Bellframe(ServerProcess process, Map<String, String> env) {
        this.process = process;
        this.key = new SigningKey(value(env, "AWS_ACCESS_KEY_ID"), value(env, "AWS_SECRET_ACCESS_KEY"),
                value(env, "AWS_REGION"));
        this.appInstanceArn = value(env, "BELLFRAME_APP_INSTANCE_ARN");
    }

    /// @param data the data folder, which is made if it is missing
    /// @param log where the server's log goes
    static Bellframe start(Path data, Path log) {
        return start(data, log, Map.of());
    }

    /// @param settings further variables of the environment
    static Bellframe start(Path data, Path log, Map<String, String> settings) {
        return new Bellframe(startProcess(data, log, settings), env(data));
    }

    /// Starts it, and waits until it is ready.
    static ServerProcess startProcess(Path data, Path log) {
        return startProcess(data, log, Map.of());
    }

    private static ServerProcess startProcess(Path data, Path log, Map<String, String> settings) {
        var environment = new HashMap<>(settings);
        environment.put("BELLFRAME_CONNECTIONS_PER_ADDRESS_MAX", "0");
        return ServerProcess.start(
                List.of(launcher(), "serve", "--data", data.toString(), "--port", "0", "--admin-port", "0"),
                environment, PORT, log);
    }

    private static String launcher() {
        return Project.root().resolve("bellframe").toString();
    }

    private static Map<String, String> env(Path data) {
        try {
            Process env = new ProcessBuilder(launcher(), "env", "--data", data.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String out = new String(env.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return EXPORT.matcher(out)
                    .results()
                    .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static String value(Map<String, String> env, String name) {
        String value = env.get(name);
        if (value == null) {
            throw new IllegalStateException("`bellframe env` does not print " + name);
        }
        return value;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public SigningKey key() {
        return key;
    }

    @Override
    public List<Request> channels(int count) {
        return channelsAndSenders(count).stream()
                .map(channel -> Request.send(channel.arn(), channel.sender()))
                .toList();
    }

    /// A channel, and the member that sends to it.
    record ChannelAndSender(String arn, String sender) {
    }

    List<ChannelAndSender> channelsAndSenders(int count) {
        try (var client = client(false); var calls = new Calls(client)) {
            List<String> senders = users(calls, Math.min(SENDERS, count));
            List<String> created = calls.makeAll(count, i -> createChannel(senders.get(i % senders.size())));
            return IntStream.range(0, count)
                    .mapToObj(i -> new ChannelAndSender(channelArn(created.get(i)), senders.get(i % senders.size())))
                    .toList();
        }
    }

    @Override
    public Crowd crowd(int members) {
        try (var client = client(false); var calls = new Calls(client)) {
            List<String> users = users(calls, members);
            String owner = users.getFirst();
            Request send = Request.send(channelArn(calls.make(createChannel(owner))), owner);
            for (int from = 1; from < users.size(); from += MEMBERS_PER_BATCH) {
                List<String> batch = users.subList(from, Math.min(users.size(), from + MEMBERS_PER_BATCH));
                calls.make(new Call(send.addMembers(), batch.stream()
                        .map(member -> "\"" + member + "\"")
                        .collect(Collectors.joining(",", "{\"MemberArns\":[", "]}"))));
            }
            return new Crowd(send, users);
        }
    }

    /// Users that did not exist before.
    List<String> users(Calls calls, int count) {
        String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";
        var arns = new ArrayList<String>();
        IntStream.range(0, count).forEach(i -> arns.add(appInstanceArn + "/user/" + prefix + i));
        calls.makeAll(count, i -> new Call(Request.createUser(), """
                {"AppInstanceArn":"%s","AppInstanceUserId":"%s%d","Name":"Member %d","ClientRequestToken":"%s"}"""
                .formatted(appInstanceArn, prefix, i, i, UUID.randomUUID())));
        return arns;
    }

    /// Creates a flow with one processor, which fails messages when it cannot be called, and associates channels with it.
    ///
    /// @param sends to the channels, each by its creator
    void associateFlow(List<Request> sends) {
        String account = appInstanceArn.replaceFirst("^arn:aws:chime:([^:]+:[^:]+):.*", "$1");
        try (var client = client(false); var calls = new Calls(client)) {
            Matcher flow = FLOW_ARN.matcher(calls.make(new Call(Request.createFlow(), """
                    {"AppInstanceArn":"%s","Name":"flow","ClientRequestToken":"%s","Processors":[{"Name":"processor",\
                    "ExecutionOrder":1,"FallbackAction":"ABORT","Configuration":{"Lambda":{"InvocationType":"ASYNC",\
                    "ResourceArn":"arn:aws:lambda:%s:function:processor"}}}]}"""
                    .formatted(appInstanceArn, UUID.randomUUID(), account))));
            if (!flow.find()) {
                throw new IllegalStateException("no ChannelFlowArn");
            }
            calls.makeAll(sends.size(), i -> new Call(sends.get(i).associateFlow(),
                    "{\"ChannelFlowArn\":\"%s\"}".formatted(flow.group(1))));
        }
    }

    /// Streams the messages of its app instance.
    ///
    /// @param stream the ARN of the stream
    void stream(String stream) {
        try (var client = client(false); var calls = new Calls(client)) {
            calls.make(new Call(Request.putStreams(appInstanceArn), """
                    {"StreamingConfigurations":[{"DataType":"ChannelMessage","ResourceArn":"%s"}]}"""
                    .formatted(stream)));
        }
    }

    private Call createChannel(String owner) {
        return new Call(Request.createChannel(owner), """
                {"AppInstanceArn":"%s","Name":"general","ClientRequestToken":"%s"}"""
                .formatted(appInstanceArn, UUID.randomUUID()));
    }

    private static String channelArn(String answer) {
        Matcher arn = CHANNEL_ARN.matcher(answer);
        if (!arn.find()) {
            throw new IllegalStateException("no ChannelArn in: " + answer);
        }
        return arn.group(1);
    }

    /// The certificate and the key that a data folder holds.
    static List<Path> certificate(Path data) {
        return List.of(data.resolve("tls/server.pem"), data.resolve("tls/server-key.pem"));
    }

    @Override
    public void close() {
        process.close();
    }
}
