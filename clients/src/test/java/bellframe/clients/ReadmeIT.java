package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.outbound.oidc.OidcProviderServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String EXCHANGE = "exchange.properties";
    private static final String FLOWS = "flows.properties";
    private static final String BOTS = "bots.properties";
    private static final String STREAMS = "streams.properties";
    private static final String ARCHIVE_PORT = "9091";
    private static final String ISSUER = "https://login.example.com";

    /// Where the reader is: the root of a clone, as far as the commands look.
    @TempDir
    static Path folder;

    @AutoClose
    private final OidcProviderServer provider = new OidcProviderServer();

    private final Readme readme = Readme.read();

    ReadmeIT() throws IOException {
    }

    @BeforeAll
    void theQuickStartWorks() throws IOException {
        writeLauncher();
        Readme.linkModules(folder);
        run("set -a\n" + readme.between("## Quick start\n", "### ").script() + "export -p > variables\n");
    }

    @Test
    void theCredentialsWork() throws Exception {
        String keys = readme.between("## Credentials for your users\n", Readme.restart(EXCHANGE)).script();
        String exchange = readme.between(Readme.restart(EXCHANGE), "## ").script();

        run(". ./variables\nset -a\n" + keys.replace(ISSUER, provider.url())
                + "unset -f as_alice\nexport -p > more-variables\n");
        restart(EXCHANGE,
                Map.of("BELLFRAME_IDENTITY_PROVIDER_CA_FILE", provider.writeAuthority(folder).toString()));
        JsonNode given = JavaScriptSdk.JSON.readTree(run(". ./more-variables\nTOKEN=" + token() + "\n" + exchange));

        assertThat(given.get("ChimeAppInstanceUserArn").asText()).endsWith("/user/alice");
        assertThat(given.get("ChimeDisplayName").asText()).isEqualTo("alice");
        assertThat(given.get("ChimeCredentials")).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void theChannelFlowWorks(ReadmeProcessor processor) throws Exception {
        processor.require();
        int port = ReadmeProcessor.freePort();
        String settings = readme.between("## Channel flows\n", Readme.restart(FLOWS)).script();
        String flow = readme.between(Readme.restart(FLOWS), "## ").script(processor::isFor);

        run(". ./variables\nset -a\n" + ReadmeProcessor.at(port, settings) + "export -p > flow-variables\n");
        restart(FLOWS, Map.of());
        String out = run(". ./flow-variables\ntrap 'kill $! 2> /dev/null || :' EXIT\n"
                + ReadmeProcessor.at(port, flow));

        assertThat(out).contains("\"****, what a day\"", "FLOW: 0 waiting");
    }

    @Test
    void theBotWorks() throws Exception {
        Sdk.PYTHON.require();
        String port = Integer.toString(ReadmeProcessor.freePort());
        String settings = readme.between("## Bots\n", Readme.restart(BOTS)).script().replace("9091", port);
        String bot = readme.between(Readme.restart(BOTS), "## ").script().replace("9091", port);

        run(". ./variables\nset -a\n" + settings + "export -p > bot-variables\n");
        restart(BOTS, Map.of());
        String out = run(". ./bot-variables\ntrap 'kill $! 2> /dev/null || :' EXIT\n" + bot);

        assertThat(out).contains("Hello! I repeat everything.",
                "{\"Messages\":[{\"Content\":\"Who is there?\",\"ContentType\":\"PlainText\"}]}");
    }

    @Test
    void theStreamWorks() throws Exception {
        RequiredTool.program("python3", "install it").require("ReadmeIT");
        String port = Integer.toString(ReadmeProcessor.freePort());
        String settings = readme.between("## Streams\n", Readme.restart(STREAMS)).script();
        String stream = readme.between(Readme.restart(STREAMS), "### What is streamed\n").script();

        run(". ./variables\nset -a\n" + settings.replace(ARCHIVE_PORT, port) + "export -p > stream-variables\n");
        restart(STREAMS, Map.of());
        String out = run(". ./stream-variables\ntrap 'kill $! 2> /dev/null || :' EXIT\n"
                + stream.replace(ARCHIVE_PORT, port));

        assertThat(out).contains("\"Content\":\"For the archive\"", "messages appended: ");
    }

    private static void restart(String settings, Map<String, String> variables)
            throws IOException, InterruptedException {
        SERVER.restartWith(variables, "--config", folder.resolve(settings).toString());
    }

    /// `./bellframe` with the data folder of the test.
    private static void writeLauncher() throws IOException {
        Path launcher = Files.writeString(folder.resolve("bellframe"),
                "#!/bin/sh\nexec '%s' \"$@\" --data '%s'\n".formatted(Command.ROOT.resolve("bellframe"),
                        SERVER.data()));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
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
