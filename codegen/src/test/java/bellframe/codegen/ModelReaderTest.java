package bellframe.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is read of a model that has more than is asked for, and what is refused; tried with that of IAM, and an odd one.
class ModelReaderTest {

    @Test
    void onlyTheOperationsAskedForAreRead() throws IOException {
        Model model = ModelReader.read(iam("DeleteRole", "GetUserPolicy"));

        assertThat(model.operations()).extracting(Model.Operation::name).containsExactly("DeleteRole", "GetUserPolicy");
    }

    @Test
    void onlyTheShapesThatTheyNeedAreRead() throws IOException {
        Model model = ModelReader.read(iam("GetUserPolicy"));

        assertThat(model.shapes()).containsOnlyKeys("GetUserPolicyRequest", "GetUserPolicyResponse",
                "existingUserNameType", "policyDocumentType", "policyNameType");
    }

    @Test
    void anOperationWithoutInputGetsAnEmptyOne() throws IOException {
        Model model = ModelReader.read(iam("DeleteAccountPasswordPolicy"));

        assertThat(model.operations().getFirst().input()).isEqualTo("DeleteAccountPasswordPolicyRequest");
        assertThat(model.structure("DeleteAccountPasswordPolicyRequest").members()).isEmpty();
    }

    @Test
    void anErrorHasTheCodeThatStandsOnTheWire() throws IOException {
        Model model = ModelReader.read(iam("GetUser"));

        assertThat(model.operations().getFirst().errors()).containsExactly("NoSuchEntity", "ServiceFailure");
    }

    @Test
    void anOperationThatTheModelLacksIsRefused() {
        assertThatThrownBy(() -> ModelReader.read(iam("GetUser", "GetUsers")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[GetUsers]");
    }

    @Test
    void anUnknownTypeIsRefused() {
        assertThatThrownBy(() -> ModelReader.read(iam("GetCredentialReport")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blob");
    }

    @Test
    void anotherProtocolIsRefused() {
        var service = new Main.Service("Iam", "a.b", "iam-2010-05-08-model.json", Main.Protocol.REST_JSON, Set.of());

        assertThatThrownBy(() -> ModelReader.read(service)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("speaks query");
    }

    @ParameterizedTest
    @CsvSource({"Flat, FlatList has 'flattened'", "Streamed, Body has 'streaming'", "Renamed, Name has 'locationName'",
            "Wrapped, the unusual element Wrapping"})
    void whatChangesTheWireInUnknownWaysIsRefused(String operation, String complaint) {
        assertThatThrownBy(() -> ModelReader.read(service("odd-model.json", operation)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    private static Main.Service iam(String... operations) {
        return service("iam-2010-05-08-model.json", operations);
    }

    private static Main.Service service(String file, String... operations) {
        return new Main.Service("Odd", "a.b", file, Main.Protocol.QUERY, Set.of(operations));
    }
}
