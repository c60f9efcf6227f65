package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The steps that `./bellframe ca` prints, done by a shell as they are printed: a client that refused the server before
/// trusts it afterwards.
class TrustStepsIT {

    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    private static final String NODE_PROGRAM = """
            require("https").get(process.argv[2], answer => answer.resume()).on("error", problem => {
              console.error(problem);
              process.exitCode = 1;
            });
            """;
    private static final String PYTHON_PROGRAM = """
            import sys
            from pip._vendor import requests
            requests.get(sys.argv[1], timeout=20)
            """;
    private static final String JAVA_PROGRAM = """
            void main(String[] arguments) throws Exception {
                var connection = (java.net.HttpURLConnection) java.net.URI.create(arguments[0]).toURL().openConnection();
                connection.getResponseCode();
            }
            """;

    /// Home and current folder of the shell.
    @TempDir
    Path folder;

    private String steps = "";
    private String address = "";

    @BeforeEach
    void readSteps() {
        steps = SERVER.authority();
        address = SERVER.variables("--https").getOrDefault("AWS_ENDPOINT_URL", "") + "/";
    }

    @Test
    void curlTrustsTheServer() {
        RequiredTool.program("curl", "install it").require("curl");
        String step = step("curl --cacert");
        assertThat(step).endsWith(" " + address);

        requireRefusal("curl --silent --show-error " + address, "certificate");
        requireSuccess(step);
    }

    @Test
    void nodeTrustsTheServer() throws IOException {
        RequiredTool.program("node", "install Node 20").require("node");
        Path program = Files.writeString(folder.resolve("get.cjs"), NODE_PROGRAM);
        String get = "node " + program + " " + address;

        requireRefusal(get, "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
        requireSuccess(step("export NODE_EXTRA_CA_CERTS=") + "\n" + get);
    }

    @Test
    void theAwsCliTrustsTheServer() {
        AwsCli.required().require("aws");
        String list = "aws --endpoint-url " + address + " chime-sdk-identity list-app-instances";

        requireRefusal(list, "SSL validation failed");
        requireSuccess(step("export AWS_CA_BUNDLE=") + "\n" + list);
    }

    @Test
    void requestsOfPythonTrustTheServer() throws IOException {
        RequiredTool.command(List.of("python3", "-c", "from pip._vendor import requests"), "install python3 with pip")
                .require("requests");
        Path program = Files.writeString(folder.resolve("get.py"), PYTHON_PROGRAM);
        String get = "python3 " + program + " " + address;

        requireRefusal(get, "CERTIFICATE_VERIFY_FAILED");
        requireSuccess(step("export REQUESTS_CA_BUNDLE=") + "\n" + get);
    }

    @Test
    void javaTrustsTheServer() throws IOException {
        Path program = Files.writeString(folder.resolve("Get.java"), JAVA_PROGRAM);
        String get = program + " " + address;

        requireRefusal("java " + get, "PKIX path building failed");
        requireSuccess(step("keytool -importcert -noprompt -alias") + "\n" + step("java -D").replace("...", get));
    }

    /// The step for every program of a JDK, with a copy of its file of authorities.
    @Test
    void everyJavaProgramTrustsTheServer() throws IOException {
        Path program = Files.writeString(folder.resolve("Get.java"), JAVA_PROGRAM);
        Path copy = folder.resolve("cacerts");
        Files.copy(Path.of(System.getProperty("java.home"), "lib", "security", "cacerts"), copy);
        String step = step("keytool -importcert -noprompt -cacerts");

        requireSuccess(step.replace("-cacerts", "-keystore " + copy)
                + "\njava -Djavax.net.ssl.trustStore=" + copy + " " + program + " " + address);
    }

    @Test
    void chromesDatabaseOnLinuxTrustsTheAuthority() {
        RequiredTool.program("certutil", "install libnss3-tools or nss-tools").require("certutil");
        String step = step("certutil -d");
        String name = step.replaceFirst(".* -n (\\S+) .*", "$1");

        requireSuccess(step("mkdir -p \"$HOME/.pki") + "\n" + step
                + "\ncertutil -d \"sql:$HOME/.pki/nssdb\" -V -u L -n " + name);
    }

    /// The printed command that begins so.
    private String step(String beginning) {
        return steps.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step `" + beginning + "` in " + steps));
    }

    private void requireSuccess(String script) {
        Command.Result result = shell(script);
        assertThat(result.status()).as("%s%n%s%n%s", script, result.out(), result.err()).isZero();
    }

    private void requireRefusal(String script, String reason) {
        Command.Result result = shell(script);
        assertThat(result.status()).as(script).isNotZero();
        assertThat(result.out() + result.err()).contains(reason);
    }

    private Command.Result shell(String script) {
        var variables = new TreeMap<String, String>(SERVER.variables("--https"));
        variables.keySet().removeAll(List.of("AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "AWS_ENDPOINT_URL"));
        variables.put("HOME", folder.toString());
        variables.put("PATH", Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator
                + System.getenv("PATH"));
        return new Command(folder, Map.copyOf(variables), List.of("sh", "-e", "-c", script)).run("");
    }
}
