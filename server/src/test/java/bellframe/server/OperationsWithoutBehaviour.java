package bellframe.server;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The operations that [NotYet] answers.
public final class OperationsWithoutBehaviour {

    private OperationsWithoutBehaviour() {
    }

    /// Their names in the model; those on tags are in both services.
    public static SortedSet<String> names() {
        return Arrays.stream(NotYet.class.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .map(Method::getName)
                .map(name -> Character.toUpperCase(name.charAt(0)) + name.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
