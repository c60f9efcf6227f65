package bellframe.server;

import java.util.SortedSet;
import java.util.TreeSet;

/// The operations that nobody answers.
public final class OperationsWithoutBehaviour {

    private OperationsWithoutBehaviour() {
    }

    /// Their names in the model; those on tags are in both services.
    public static SortedSet<String> names() {
        return new TreeSet<>();
    }
}
