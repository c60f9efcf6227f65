package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.outbound.oidc.OidcProviderServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
        String quickStart = section(readme, "## Quick start\n");
        String credentials = section(readme, "## Credentials for your users\n").replace(ISSUER, provider.url());
        int restart = credentials.indexOf("```sh\n" + SERVE);
        assertThat(restart).isPositive();

        run("set -a\n" + script(quickStart.substring(0, quickStart.indexOf("\n### ")))
                + script(credentials.substring(0, restart)) + "unset -f as_alice\nexport -p > variables\n");
        String exchange = credentials.substring(restart);
        SERVER.restartWith(Map.of("BELLFRAME_IDENTITY_PROVIDER_CA_FILE", provider.writeAuthority(folder).toString()),
                "--config", folder.resolve(flag(exchange)).toString());
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

    /// What is under a heading, up to the next one of its kind.
    private static String section(String readme, String heading) {
        int start = readme.indexOf(heading);
        assertThat(start).as(heading).isNotNegative();
        return readme.substring(start, readme.indexOf("\n## ", start));
    }

    /// The commands of a text, without those that start the server, which runs.
    private static String script(String text) {
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
        return script.toString();
    }

    private static String failing(String commands, String failure) {
        return "if { %s } 2> failure; then exit 99; fi\ngrep -qF '%s' failure\n".formatted(commands, failure);
    }

    /// The configuration file that the server is started with.
    private static String flag(String exchange) {
        List<String> words = new ArrayList<>(List.of(exchange.lines().skip(1).findFirst().orElseThrow().split(" ")));
        assertThat(words).hasSize(4).startsWith("./bellframe", "serve", "--config");
        return words.getLast();
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
