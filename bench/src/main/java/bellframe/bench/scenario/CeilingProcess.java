package bellframe.bench.scenario;

import bellframe.bench.ceiling.Ceiling;
import bellframe.bench.ceiling.CeilingServer;
import bellframe.bench.load.Request;
import bellframe.bench.load.SigningKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A ceiling, with the JVM options of Bellframe.
final class CeilingProcess implements Subject {

    private static final Pattern PORT = Pattern.compile("^port (\\d+)$");
    /// As long as those of Bellframe, so that the requests are.
    private static final String APP_INSTANCE = "arn:aws:chime:us-east-1:123456789012:app-instance/"
            + "0f7bcb5e-1f1e-4a4b-9f0a-1234567890ab";
    private static final SigningKey KEY = new SigningKey("AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYAB", "us-east-1");

    private final Ceiling ceiling;
    private final ServerProcess process;

    private CeilingProcess(Ceiling ceiling, ServerProcess process) {
        this.ceiling = ceiling;
        this.process = process;
    }

    /// @param folder empty, for what it writes
    /// @param certificate the PEM files of a certificate and its key
    static CeilingProcess start(Ceiling ceiling, Path folder, List<Path> certificate, Path log) {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Project.root().resolve("config/jvm.options"), "-cp", System.getProperty("java.class.path"),
                CeilingServer.class.getName(), ceiling.name(), folder.toString(), certificate.get(0).toString(),
                certificate.get(1).toString());
        return new CeilingProcess(ceiling, ServerProcess.start(command, Map.of(), PORT, log));
    }

    @Override
    public String name() {
        return switch (ceiling) {
            case ANSWER -> "ceiling (a): answers";
            case COMMIT -> "ceiling (b): commits";
            case BROADCAST -> "ceiling (c): broadcasts";
            case COMMIT_AND_BROADCAST -> "ceiling (b)+(c)";
        };
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public SigningKey key() {
        return KEY;
    }

    @Override
    public List<Request> channels(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Request.send(APP_INSTANCE + "/channel/%064x".formatted(i), user(i)))
                .toList();
    }

    private static String user(int i) {
        return APP_INSTANCE + "/user/01234567-%d".formatted(i);
    }

    @Override
    public Crowd crowd(int members) {
        return new Crowd(channels(1).getFirst(), IntStream.range(0, members).mapToObj(CeilingProcess::user).toList());
    }

    @Override
    public void close() {
        process.close();
    }
}
