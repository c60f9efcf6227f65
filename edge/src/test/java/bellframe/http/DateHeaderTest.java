package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DateHeaderTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:20:30Z"));
    private final DateHeader date = new DateHeader(now::get);

    @Test
    void itChangesWithTheSecond() {
        assertThat(date.value()).isEqualTo("Sun, 01 Mar 2026 10:20:30 GMT");
        String first = date.value();
        now.set(Instant.parse("2026-03-01T10:20:30.999Z"));
        assertThat(date.value()).isSameAs(first);
        now.set(Instant.parse("2026-03-01T10:20:31Z"));
        assertThat(date.value()).isEqualTo("Sun, 01 Mar 2026 10:20:31 GMT");
        now.set(Instant.parse("2026-03-01T10:20:29.999Z"));
        assertThat(date.value()).isEqualTo("Sun, 01 Mar 2026 10:20:29 GMT");
    }
}
