package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.Operation;
import bellframe.api.identity.IdentityOperations;
import bellframe.api.messaging.MessagingOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| [A-Z][^|]* \\| ([A-Z][^|]*) \\|$");

    @Test
    void theReadmeListsEveryOperationAndNothingElseAsWorking() throws IOException {
        String readme = Files.readString(ProjectRoot.path().resolve("README.md"));

        assertThat(listed(readme)).containsExactlyInAnyOrderElementsOf(operations());
    }

    /// What the second column of the table has, except for words behind `and`, which are no operations.
    private static List<String> listed(String readme) {
        String works = readme.substring(readme.indexOf("## What works"), readme.indexOf("## What does not"));
        return ROW.matcher(works)
                .results()
                .flatMap(row -> Stream.of(row.group(1).replaceFirst(", and .*", "").split(", ")))
                .toList();
    }

    /// Those on tags are in both services.
    private static Set<String> operations() {
        return Stream.concat(MessagingOperations.ALL.stream(), IdentityOperations.ALL.stream())
                .map(Operation::name)
                .collect(Collectors.toSet());
    }
}
