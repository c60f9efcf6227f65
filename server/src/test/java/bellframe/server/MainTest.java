package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"", "serve", "env", "ca", "ca rotate", "backup", "restore", "keys", "keys list",
            "keys create",
            "keys disable", "keys enable", "keys delete", "keys rotate", "keys rotate-master", "config", "config print",
            "config validate"})
    void everyCommandExplainsItself(String command) {
        assertThat(run((command + " --help").strip().split(" "))).isZero();

        assertThat(out.toString()).startsWith("Usage: bellframe " + command);
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(run("--version")).isZero();

        assertThat(out.toString()).matches("Bellframe \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "config", "nonsense", "serve --nonsense", "serve --port", "serve --port x",
            "config print --port 70000", "config validate --config /does/not/exist", "serve --dev --host 0.0.0.0",
            "backup", "restore", "backup one two", "keys", "keys create", "keys disable", "keys rotate one",
            "ca --prepare"})
    void wrongUsageIsExplainedAndExitsWith2(String arguments) {
        assertThat(run(List.of(arguments.split(" ")).stream().filter(word -> !word.isEmpty()).toArray(String[]::new)))
                .isEqualTo(2);

        assertThat(err.toString()).isNotBlank();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aValidConfigurationIsSaidToBeValid() {
        assertThat(run("config", "validate", "--port", "0")).isZero();

        assertThat(out.toString()).contains("valid");
    }

    @Test
    void theConfigurationIsPrintedAsTheFlagsSetIt() {
        assertThat(run("config", "print", "--port", "1234", "--public-host", "chat.example.com")).isZero();

        assertThat(out.toString()).contains("\nport=1234\n").contains("\npublicHost=chat.example.com\n");
    }

    private int run(String... arguments) {
        return Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }
}
