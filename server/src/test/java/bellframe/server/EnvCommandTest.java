package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.server.config.ServerConfig;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.Installation;
import bellframe.server.folder.RunningServerFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path temporary;

    @Test
    void aShellReadsBackEveryValue() throws Exception {
        var variables = new LinkedHashMap<String, String>();
        variables.put("PLAIN", "a/b+c=");
        variables.put("SPACES", "/my data/ca.pem");
        variables.put("QUOTES", "it's \"quoted\" $HOME `date` \\ !");
        variables.put("LINES", "one\ntwo");
        variables.put("EMPTY", "");

        assertThat(evaluated(EnvCommand.exports(variables), List.copyOf(variables.keySet())))
                .containsExactlyElementsOf(variables.values());
    }

    @Test
    void theVariablesNameTheServerOfTheFolder() throws Exception {
        DataFolder folder = DataFolder.create(temporary.resolve("my data"));
        Installation installation = Installation.complete(folder, ServerConfig.defaults(), new SecureRandom());

        assertThat(run("env", "--data", folder.toString())).isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines()).hasSize(8).allMatch(line -> line.startsWith("export "));
        assertThat(evaluated(out.toString(), List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION",
                "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS",
                "BELLFRAME_APP_INSTANCE_ARN")))
                .containsExactly(
                        installation.rootKey().id(),
                        installation.rootKey().secret(),
                        "us-east-1",
                        "us-east-1",
                        "http://localhost:8080",
                        folder.authorityCertificate().toString(),
                        folder.authorityCertificate().toString(),
                        installation.appInstanceArn());
    }

    @Test
    void theEndpointIsThatOfTheRunningServer() throws IOException {
        DataFolder folder = DataFolder.create(temporary.resolve("data"));
        Installation.complete(folder, ServerConfig.defaults(), new SecureRandom());
        new RunningServerFile(12345, 23456, "token", null).write(folder);

        assertThat(run("env", "--https", "--data", folder.toString())).isZero();

        assertThat(out.toString()).contains("export AWS_ENDPOINT_URL=https://localhost:12345\n");
    }

    @Test
    void aCertificateOfTheUserNeedsNoAuthorityAndIsForThePublicHost() throws IOException {
        DataFolder folder = DataFolder.create(temporary.resolve("data"));
        Installation.complete(folder, ServerConfig.defaults(), new SecureRandom());
        Files.writeString(folder.path().resolve("bellframe.properties"),
                "publicHost=chat.example.com\ntlsCertificateFile=chain.pem\ntlsKeyFile=key.pem\n");

        assertThat(run("env", "--https", "--data", folder.toString())).isZero();

        assertThat(out.toString())
                .contains("export AWS_ENDPOINT_URL=https://chat.example.com\n")
                .doesNotContain("AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS");
    }

    @Test
    void theRunningServerKnowsWhoseCertificateItServes() throws IOException {
        DataFolder folder = DataFolder.create(temporary.resolve("data"));
        Installation.complete(folder, ServerConfig.defaults(), new SecureRandom());
        new RunningServerFile(12345, 23456, "token", Path.of("/etc/chain.pem")).write(folder);

        assertThat(run("env", "--data", folder.toString())).isZero();

        assertThat(out.toString())
                .contains("export AWS_ENDPOINT_URL=http://localhost:12345\n")
                .doesNotContain("AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS");
    }

    @Test
    void aFolderWithoutAServerGivesNothingToEvaluate() {
        assertThat(run("env", "--data", temporary.resolve("none").toString())).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("no server in").contains("serve --data");
        assertThat(temporary.resolve("none")).doesNotExist();
    }

    private int run(String... arguments) {
        return Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    private static List<String> evaluated(String exports, List<String> names) throws Exception {
        var script = new StringBuilder(exports);
        names.forEach(name -> script.append("printf '%s\\0' \"$").append(name).append("\"\n"));
        Process shell = new ProcessBuilder("sh", "-u", "-c", script.toString()).redirectErrorStream(true).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(printed).isZero();
        return List.of(printed.split("\0", -1)).subList(0, names.size());
    }
}
