package bellframe.clients;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The AWS SDKs, each with a program that makes calls with it: one JSON line in, one out.
///
/// The legacy ones speak through the `chime` namespace, which had the chat operations before they moved.
@SuppressWarnings("ImmutableEnumChecker") // Its lists are immutable, which their type does not say.
enum Sdk {
    PYTHON("python", List.of("python3", "calls.py"),
            RequiredTool.command(List.of("python3", "-c", "import boto3"),
                    "install boto3 1.43, for instance by .ci/run")),
    JAVASCRIPT("js", List.of("node", "calls.mjs"), JavaScriptSdk.requiredModules()),
    CHROMIUM("js", List.of("node", "browser.mjs"),
            RequiredTool.program("chromium", "install it, for instance by .ci/run")),
    JAVASCRIPT_2("js", List.of("node", "calls-v2.cjs"), JavaScriptSdk.requiredModules()),
    JAVASCRIPT_2_LEGACY("js", List.of("node", "calls-v2.cjs", "legacy"), JavaScriptSdk.requiredModules()),
    GO("go", List.of("../../target/clients/go-calls"), RequiredTool.command(
            List.of("env", "--chdir", Command.ROOT.resolve("clients/go").toString(), "GOPROXY=off", "go", "build",
                    "-o", Command.ROOT.resolve("target/clients/go-calls").toString(), "."),
            "install Go and run `go mod download` in clients/go")),
    JAVA_LEGACY("",
            List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:TieredStopAtLevel=1",
                    "-Dslf4j.internal.verbosity=ERROR",
                    "-cp", System.getProperty("java.class.path"), LegacyJavaCalls.class.getName()),
            RequiredTool.none());

    private final String folder;
    private final List<String> words;
    private final RequiredTool tool;

    Sdk(String folder, List<String> words, RequiredTool tool) {
        this.folder = folder;
        this.words = words;
        this.tool = tool;
    }

    /// Skips the test where what the SDK needs is missing.
    void require() {
        tool.require(name());
    }

    /// @param arguments what its program knows
    SdkCalls start(Map<String, String> variables, String... arguments) {
        Command command = command(variables, List.of());
        List<String> all = new ArrayList<>(command.words());
        all.addAll(List.of(arguments));
        return SdkCalls.start(new Command(command.folder(), command.variables(), all));
    }

    /// With a clock that is wrong by as much as `faketime` understands: `-2h`.
    SdkCalls startWithClock(String offset, Map<String, String> variables) {
        var changed = new HashMap<>(variables);
        // Timers go by a clock that shall not be wrong.
        changed.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        return SdkCalls.start(command(changed, List.of("faketime", "-f", offset)));
    }

    /// What the SDK shows of an error as its name. The second one for JavaScript shows the code instead.
    String errorName(String code) {
        return switch (this) {
            case JAVASCRIPT_2, JAVASCRIPT_2_LEGACY -> code;
            case PYTHON, JAVASCRIPT, CHROMIUM, GO, JAVA_LEGACY ->
                code + (code.equals("Unauthorized") ? "ClientException" : "Exception");
        };
    }

    /// The time that a query gets for one to the millisecond; the second SDK for JavaScript knows whole seconds only.
    Instant sent(Instant time) {
        return switch (this) {
            case JAVASCRIPT_2, JAVASCRIPT_2_LEGACY -> time.truncatedTo(ChronoUnit.SECONDS);
            case PYTHON, JAVASCRIPT, CHROMIUM, GO, JAVA_LEGACY -> time;
        };
    }

    private Command command(Map<String, String> variables, List<String> before) {
        List<String> all = new ArrayList<>(before);
        all.addAll(words);
        var quiet = new HashMap<>(variables);
        quiet.put("CHROMIUM", "/usr/bin/chromium");
        quiet.put("NODE_NO_WARNINGS", "1");
        quiet.put("AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE", "1");
        return new Command(Command.ROOT.resolve("clients").resolve(folder), quiet, all);
    }
}
