package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.outbound.oidc.OidcProviderServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The commands of README.md, run by a shell as they stand there.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeIT {

    @Order(1)
    @RegisterExtension
    static final RequiredTool CLI = AwsCli.required();

    @Order(2)
    @RegisterExtension
    static final RequiredTool CURL = RequiredTool.program("curl", "install it");

    @Order(3)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    /// A block of commands, and behind it perhaps a block of what these say when they fail.
    private static final Pattern BLOCK = Pattern
            .compile("```sh\n(?<commands>.*?)```\n(?:\n```text\n(?<failure>.*?)\n```\n)?", Pattern.DOTALL);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String SERVE = "./bellframe serve";
    private static final String EXCHANGE_RESTART = "```sh\n" + SERVE + " --config exchange.properties\n```\n";
    private static final String FLOWS_RESTART = "```sh\n" + SERVE + " --config flows.properties\n```\n";
    private static final String ISSUER = "https://login.example.com";
    private static final String PROCESSOR_PORT = "9090";

    /// The files that processors are in, each in blocks that are for nobody else.
    enum Processor {
        PYTHON("moderate.py", Sdk.PYTHON),
        NODE("clients/js/moderate.mjs", Sdk.JAVASCRIPT);

        private final String file;
        private final Sdk sdk;

        Processor(String file, Sdk sdk) {
            this.file = file;
            this.sdk = sdk;
        }

        boolean reads(String commands) {
            return Stream.of(values()).allMatch(other -> other == this || !commands.contains(other.file));
        }
    }

    /// Where the reader is: the root of a clone, as far as the commands look.
    @TempDir
    static Path folder;

    @AutoClose
    private final OidcProviderServer provider = new OidcProviderServer();

    private final String readme = Files.readString(Command.ROOT.resolve("README.md"));

    ReadmeIT() throws IOException {
    }

    @BeforeAll
    void theQuickStartWorks() throws IOException {
        writeLauncher();
        linkModules();
        run("set -a\n" + script(between(readme, "\n## Quick start\n", "\n### ")) + "export -p > variables\n");
    }

    @Test
    void theCredentialsWork() throws Exception {
        String keys = between(readme, "\n## Credentials for your users\n", "\n" + EXCHANGE_RESTART);
        String exchange = between(readme, "\n" + EXCHANGE_RESTART, "\n## ");

        run(". ./variables\nset -a\n" + script(keys) + "unset -f as_alice\nexport -p > more-variables\n");
        SERVER.restartWith(Map.of("BELLFRAME_IDENTITY_PROVIDER_CA_FILE", provider.writeAuthority(folder).toString()),
                "--config", folder.resolve("exchange.properties").toString());
        JsonNode given = JavaScriptSdk.JSON
                .readTree(run(". ./more-variables\nTOKEN=" + token() + "\n" + script(exchange)));

        assertThat(given.get("ChimeAppInstanceUserArn").asText()).endsWith("/user/alice");
        assertThat(given.get("ChimeDisplayName").asText()).isEqualTo("alice");
        assertThat(given.get("ChimeCredentials")).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void theChannelFlowWorks(Processor processor) throws Exception {
        processor.sdk.require();
        String port = freePort();
        String settings = between(readme, "\n## Channel flows\n", "\n" + FLOWS_RESTART);
        String flow = between(readme, "\n" + FLOWS_RESTART, "\n## ");

        run(". ./variables\nset -a\n" + script(settings).replace(PROCESSOR_PORT, port)
                + "export -p > flow-variables\n");
        SERVER.restartWith(Map.of(), "--config", folder.resolve("flows.properties").toString());
        String out = run(". ./flow-variables\ntrap 'kill $! 2> /dev/null || :' EXIT\n"
                + script(flow, processor::reads).replace(PROCESSOR_PORT, port));

        assertThat(out).contains("\"****, what a day\"", "FLOW: 0 waiting");
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    /// `./bellframe` with the data folder of the test.
    private static void writeLauncher() throws IOException {
        Path launcher = Files.writeString(folder.resolve("bellframe"),
                "#!/bin/sh\nexec '%s' \"$@\" --data '%s'\n".formatted(Command.ROOT.resolve("bellframe"),
                        SERVER.data()));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    /// What `npm ci` brings.
    private static void linkModules() throws IOException {
        Path js = Files.createDirectories(folder.resolve("clients/js"));
        Files.createSymbolicLink(js.resolve("node_modules"), Command.ROOT.resolve("clients/js/node_modules"));
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start);
        assertThat(from).as(start).isNotNegative();
        return text.substring(from, text.indexOf(end, from + start.length()));
    }

    private String script(String text) {
        return script(text, _ -> true);
    }

    /// The commands of a text, but for those that start the server, which runs, and with the issuer of the test.
    private String script(String text, Predicate<String> wanted) {
        var script = new StringBuilder();
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String commands = blocks.group("commands");
            if (blocks.group("failure") != null) {
                script.append(failing(commands, blocks.group("failure")));
            } else if (!commands.startsWith(SERVE) && wanted.test(commands)) {
                script.append(commands);
            }
        }
        return script.toString().replace(ISSUER, provider.url());
    }

    private static String failing(String commands, String failure) {
        return "if { %s } 2> failure; then exit 99; fi\ngrep -qF '%s' failure\n".formatted(commands, failure);
    }

    private String token() {
        return provider.token(provider.claims("alice", "chat", Instant.now()));
    }

    private static String run(String script) {
        Command.Result result = new Command(folder, Map.of("BELLFRAME_JAVA_HOME", System.getProperty("java.home")),
                List.of("sh", "-e", "-c", script)).run("", LIMIT);
        assertThat(result.status()).as("%s%n%s%n%s", script, result.out(), result.err()).isZero();
        return result.out();
    }
}
