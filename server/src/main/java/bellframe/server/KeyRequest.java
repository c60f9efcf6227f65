package bellframe.server;

import bellframe.server.folder.FolderUnusable;
import java.util.Arrays;

/// What an operator asks of the access keys; one line of text on its way to a running server.
///
/// @param operand the name of a user or the id of a key, as the verb wants it; empty for the other verbs
record KeyRequest(Verb verb, String operand) {

    /// What is done.
    enum Verb {
        LIST,
        CREATE,
        DISABLE,
        ENABLE,
        DELETE,
        ROTATE,
        ROTATE_MASTER
    }

    KeyRequest(Verb verb) {
        this(verb, "");
    }

    /// Reads what [#toString] wrote.
    ///
    /// @throws FolderUnusable if there is no such verb
    static KeyRequest parse(String line) {
        String[] words = line.split(" ", 2);
        return Arrays.stream(Verb.values())
                .filter(verb -> verb.name().equals(words[0]))
                .findFirst()
                .map(verb -> new KeyRequest(verb, words.length == 1 ? "" : words[1]))
                .orElseThrow(() -> new FolderUnusable("nothing with keys is called " + words[0], null));
    }

    @Override
    public String toString() {
        return verb + (operand.isEmpty() ? "" : " " + operand);
    }
}
