package bellframe.server.conformance;

import bellframe.server.SdkClients;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What becomes of some declared errors: they are provoked, or they cannot be.
sealed interface Row {

    Claim claim();

    /// Errors that a call ends in.
    ///
    /// @param situation of the server
    /// @param by the call that must end in the error
    record Provoked(Claim claim, Situation situation, Provocation by) implements Row {
    }

    /// Errors that nothing ends in.
    ///
    /// @param reason why no call can end in the error
    record Unreachable(Claim claim, String reason) implements Row {
    }

    /// Calls the operation so that it ends in the error.
    @FunctionalInterface
    interface Provocation {
        void provoke(SdkClients clients, DeclaredError error);
    }

    /// The errors that a row is about.
    ///
    /// @param names of the errors
    /// @param operations their names; empty for all that fit
    /// @param fits whether the row is about the error in its operation
    record Claim(Set<String> names, Set<String> operations, Predicate<DeclaredError> fits) {

        static Claim errors(String... names) {
            return new Claim(Set.of(names), Set.of(), _ -> true);
        }

        Claim where(Predicate<DeclaredError> condition) {
            return new Claim(names, operations, fits.and(condition));
        }

        Claim in(String... someOperations) {
            return new Claim(names, Set.of(someOperations), fits);
        }

        Claim notIn(String... otherOperations) {
            return where(error -> !Arrays.asList(otherOperations).contains(error.operation().name()));
        }

        boolean covers(DeclaredError error) {
            return names.contains(error.name())
                    && (operations.isEmpty() || operations.contains(error.operation().name()))
                    && fits.test(error);
        }

        Row provokedBy(Situation situation, Provocation provocation) {
            return new Provoked(this, situation, provocation);
        }

        Row provokedBy(Situation situation, Consumer<SdkClients> scenario) {
            return new Provoked(this, situation, (clients, _) -> scenario.accept(clients));
        }

        Row unreachable(String reason) {
            return new Unreachable(this, reason);
        }
    }
}
