package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.server.folder.FolderUnusable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRequestTest {

    @ParameterizedTest
    @EnumSource
    void aServerReadsWhatACommandWrote(KeyRequest.Verb verb) {
        var request = new KeyRequest(verb);
        var withOperand = new KeyRequest(verb, "a user");

        assertThat(KeyRequest.parse(request.toString())).isEqualTo(request);
        assertThat(KeyRequest.parse(withOperand.toString())).isEqualTo(withOperand);
    }

    @Test
    void whatIsNoVerbIsRefused() {
        assertThatThrownBy(() -> KeyRequest.parse("SHOW ada"))
                .isInstanceOf(FolderUnusable.class)
                .hasMessage("nothing with keys is called SHOW");
    }
}
