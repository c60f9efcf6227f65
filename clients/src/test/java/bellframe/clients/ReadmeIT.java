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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The commands of README.md, run by a shell as they stand there.
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
    private static final String RESTART = "```sh\n" + SERVE + " --config exchange.properties\n```\n";
    private static final String ISSUER = "https://login.example.com";

    /// Where the reader is: the root of a clone, as far as the commands look.
    @TempDir
    Path folder;

    @AutoClose
    private final OidcProviderServer provider = new OidcProviderServer();

    @Test
    void theQuickStartAndTheCredentialsWork() throws Exception {
        writeLauncher();
        String readme = Files.readString(Command.ROOT.resolve("README.md"));
        String quickStart = between(readme, "\n## Quick start\n", "\n### ");
        String keys = between(readme, "\n## Credentials for your users\n", "\n" + RESTART);
        String exchange = between(readme, "\n" + RESTART, "\n## ");

        run("set -a\n" + script(quickStart) + script(keys) + "unset -f as_alice\nexport -p > variables\n");
        SERVER.restartWith(Map.of("BELLFRAME_IDENTITY_PROVIDER_CA_FILE", provider.writeAuthority(folder).toString()),
                "--config", folder.resolve("exchange.properties").toString());
        JsonNode given = JavaScriptSdk.JSON.readTree(run(". ./variables\nTOKEN=" + token() + "\n" + script(exchange)));

        assertThat(given.get("ChimeAppInstanceUserArn").asText()).endsWith("/user/alice");
        assertThat(given.get("ChimeDisplayName").asText()).isEqualTo("alice");
        assertThat(given.get("ChimeCredentials")).hasSize(4);
    }

    /// `./bellframe` with the data folder of the test.
    private void writeLauncher() throws IOException {
        Path launcher = Files.writeString(folder.resolve("bellframe"),
                "#!/bin/sh\nexec '%s' \"$@\" --data '%s'\n".formatted(Command.ROOT.resolve("bellframe"),
                        SERVER.data()));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start);
        assertThat(from).as(start).isNotNegative();
        return text.substring(from, text.indexOf(end, from + start.length()));
    }

    /// The commands of a text, but for those that start the server, which runs, and with the issuer of the test.
    private String script(String text) {
        var script = new StringBuilder();
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String commands = blocks.group("commands");
            if (blocks.group("failure") != null) {
                script.append(failing(commands, blocks.group("failure")));
            } else if (!commands.startsWith(SERVE)) {
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

    private String run(String script) {
        Command.Result result = new Command(folder, Map.of("BELLFRAME_JAVA_HOME", System.getProperty("java.home")),
                List.of("sh", "-e", "-c", script)).run("", LIMIT);
        assertThat(result.status()).as("%s%n%s%n%s", script, result.out(), result.err()).isZero();
        return result.out();
    }
}
