package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.Operation;
import bellframe.api.identity.IdentityOperations;
import bellframe.api.messaging.MessagingOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Pattern OPERATION = Pattern.compile("\\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\\b");

    @Test
    void theReadmeListsTheOperationsWithoutBehaviourAndTheOthersAsWorking() throws IOException {
        String readme = Files.readString(ProjectRoot.path().resolve("README.md"));
        String missing = between(readme, "<!-- not implemented: begin -->", "<!-- not implemented: end -->");
        String working = between(readme, "## What works", "## What does not");

        var notYet = OperationsWithoutBehaviour.names();
        var all = Stream.concat(MessagingOperations.ALL.stream(), IdentityOperations.ALL.stream())
                .map(Operation::name)
                .collect(Collectors.toCollection(TreeSet::new));
        var implemented = new TreeSet<>(all);
        implemented.removeAll(notYet);

        assertThat(operations(missing, all)).isEqualTo(notYet);
        assertThat(operations(working, all)).isEqualTo(implemented);
    }

    private static String between(String text, String begin, String end) {
        int start = text.indexOf(begin);
        return text.substring(start, text.indexOf(end, start));
    }

    private static Set<String> operations(String text, Set<String> known) {
        return OPERATION.matcher(text)
                .results()
                .map(match -> match.group())
                .filter(known::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
