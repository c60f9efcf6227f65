package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The AWS CLI running one command after the other in one process; closing ends it.
final class AwsCommands implements AutoCloseable {

    private final Map<String, String> variables;
    private final SdkCalls commands;

    private AwsCommands(Map<String, String> variables) {
        this.variables = variables;
        this.commands = SdkCalls.start(
                new Command(Command.ROOT.resolve("clients/python"), variables, List.of("python3", "cli.py")));
    }

    static RequiredTool required() {
        return RequiredTool.command(List.of("python3", "-c", "import awscli"),
                "install the AWS CLI with pip, for instance by .ci/run");
    }

    static AwsCommands start(Map<String, String> variables) {
        return new AwsCommands(variables);
    }

    /// Another one, which signs with other credentials.
    AwsCommands signedWith(Map<String, String> credentials) {
        var changed = new HashMap<>(variables);
        changed.putAll(credentials);
        return new AwsCommands(changed);
    }

    /// What a command prints.
    JsonNode run(String service, String operation, String... words) {
        return commands.output(service, operation, Map.of("words", words));
    }

    /// Runs a command that the service refuses.
    ///
    /// @param code the error's, as the CLI prints it
    /// @return everything it prints
    String refused(String code, String service, String operation, String... words) {
        String message = commands.refusal(service, operation, Map.of("words", words)).get("message").asText();
        assertThat(message).contains("An error occurred (" + code + ") when calling the ");
        return message;
    }

    @Override
    public void close() throws IOException {
        commands.close();
    }
}
