package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The `aws` command, pointed at a server by nothing but variables.
record AwsCli(Map<String, String> variables) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static RequiredTool required() {
        return RequiredTool.program("aws", "install the AWS CLI, for instance by .ci/run");
    }

    AwsCli with(String variable, String value) {
        var changed = new HashMap<>(variables);
        changed.put(variable, value);
        return new AwsCli(changed);
    }

    JsonNode messaging(String... words) {
        return call("chime-sdk-messaging", words);
    }

    JsonNode identity(String... words) {
        return call("chime-sdk-identity", words);
    }

    Command.Result run(String service, String... words) {
        List<String> command = new ArrayList<>(List.of("aws", "--output", "json", service));
        command.addAll(Arrays.asList(words));
        return new Command(Command.ROOT, variables, command).run("");
    }

    /// The answer; the CLI prints nothing for an empty one.
    private JsonNode call(String service, String... words) {
        Command.Result result = run(service, words);
        assertThat(result.status()).as("%s %s: %s", service, List.of(words), result.err()).isZero();
        try {
            return JSON.readTree(result.out());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + result.out(), e);
        }
    }
}
