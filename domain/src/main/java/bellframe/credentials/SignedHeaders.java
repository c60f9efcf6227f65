package bellframe.credentials;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.HashSet;
import java.util.List;

/// The headers that a signature is over.
///
/// @param text their names as they came, joined by semicolons
/// @param names lower-case, in the order in which they were signed
record SignedHeaders(String text, List<String> names) {

    /// Splits a list of names.
    ///
    /// @throws Refused if it names a header twice: a long header many times over would cost memory out of all proportion
    static SignedHeaders parse(String text) {
        List<String> names = List.of(text.split(";", -1));
        if (!isAscending(names) && new HashSet<>(names).size() < names.size()) {
            throw new Refused(Refusal.INCOMPLETE_SIGNATURE, "'SignedHeaders' must name each header only once.");
        }
        return new SignedHeaders(text, names);
    }

    /// Whether each name comes after the one before it, as signers sort them, so that none can be there twice.
    private static boolean isAscending(List<String> names) {
        for (int i = 1; i < names.size(); i++) {
            if (names.get(i - 1).compareTo(names.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    boolean contains(String name) {
        return names.contains(name);
    }
}
