package bellframe.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MasterKeyTest {

    private static final byte[] SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".getBytes(StandardCharsets.UTF_8);

    private final MasterKey key = key(1, null);

    private static MasterKey key(int filling, @Nullable MasterKey previous) {
        byte[] bytes = new byte[MasterKey.BYTES];
        Arrays.fill(bytes, (byte) filling);
        return new MasterKey(bytes, previous, new Random(filling));
    }

    @Test
    void whatWasSealedIsOpened() throws Unsealable {
        byte[] sealed = key.seal("secrets", SECRET);

        assertThat(key(1, null).open("secrets", sealed)).isEqualTo(SECRET);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("EXAMPLEKEY");
    }

    @Test
    void nothingIsSealedTheSameWayTwice() {
        assertThat(key.seal("secrets", SECRET)).isNotEqualTo(key.seal("secrets", SECRET));
    }

    @Test
    void aSealIsGoodForOnePurpose() {
        byte[] sealed = key.seal("secrets", SECRET);

        for (String other : new String[]{"tokens", "", "secret", "secrets\0"}) {
            assertThatThrownBy(() -> key.open(other, sealed)).as(other).isInstanceOf(Unsealable.class);
        }
    }

    @Test
    void aChangeOfAnyBitIsFound() {
        byte[] sealed = key.seal("secrets", SECRET);

        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> key.open("secrets", changed)).as("bit %s", bit).isInstanceOf(Unsealable.class);
        }
    }

    @Test
    void aSealOfAnyOtherLengthIsNone() {
        byte[] sealed = key.seal("secrets", SECRET);

        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> key.open("secrets", cut)).as("%s bytes", length).isInstanceOf(Unsealable.class);
        }
        byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);
        assertThatThrownBy(() -> key.open("secrets", longer)).isInstanceOf(Unsealable.class);
    }

    @Test
    void theKeyBeforeStillOpensItsSeals() throws Unsealable {
        byte[] sealed = key.seal("secrets", SECRET);
        MasterKey next = key(2, key);

        assertThat(next.open("secrets", sealed)).isEqualTo(SECRET);
        assertThat(next.isSealedByThis(sealed)).isFalse();
        assertThat(next.isSealedByThis(next.seal("secrets", SECRET))).isTrue();
    }

    @Test
    void aKeyThatIsForgottenOpensNothing() {
        byte[] sealed = key.seal("secrets", SECRET);

        assertThatThrownBy(() -> key(2, null).open("secrets", sealed)).isInstanceOf(Unsealable.class);
        assertThatThrownBy(() -> key(3, key(2, null)).open("secrets", sealed)).isInstanceOf(Unsealable.class);
    }

    @Test
    void aKeyOfAnotherLengthIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MasterKey(new byte[16], null, new Random(1)));
    }

    @Test
    void whatIsShownOfAKeyGivesNothingAway() {
        assertThat(key).hasToString("MasterKey[" + key.id() + "]");
        assertThat(key.id()).hasSize(8).isNotEqualTo(key(2, null).id());
    }
}
