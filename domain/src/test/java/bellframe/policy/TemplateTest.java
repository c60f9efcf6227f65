package bellframe.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What matching costs, whatever text and template are.
class TemplateTest {

    private static final Dialect DIALECT = new Dialect(PolicyDocument.Kind.IDENTITY, true);
    private static final String LONG_TEXT = "a".repeat(100_000);

    @ParameterizedTest
    @ValueSource(strings = {"*a*a*a*a*b", "*?*?*?*?*b", "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "a*a*a*a*a*a*b*",
            "*a${aws:userid}*a${aws:userid}*b", "*${aws:username}", "*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"})
    @Timeout(5)
    void manyWildcardsInALongTextAreQuick(String pattern) {
        assertThat(like(pattern).matches(LONG_TEXT, Contexts.of("aws:userid=a"))).isFalse();
    }

    @Test
    @Timeout(5)
    void aPatternOfManyWildcardsIsQuick() {
        Template template = like("*a".repeat(50_000) + "*b");
        assertThat(template.matches(LONG_TEXT, Contexts.of("-"))).isFalse();
        assertThat(template.matches(LONG_TEXT + "b", Contexts.of("-"))).isTrue();
    }

    @Test
    void decidingAllocatesNextToNothing() {
        PolicyDocument document = SamplePolicies.APP_USER.as(PolicyDocument.Kind.IDENTITY);
        var request = new PolicyRequest("chime:SendChannelMessage",
                "arn:aws:chime:us-east-1:123456789012:app-instance/A/user/alice",
                Contexts.of("aws:PrincipalTag/user=alice"));
        bytesPerDecision(document, request);
        assertThat(bytesPerDecision(document, request)).isLessThan(500);
    }

    private static long bytesPerDecision(PolicyDocument document, PolicyRequest request) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int decisions = 20_000;
        int allowed = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < decisions; i++) {
            allowed += document.decide(request) == Decision.ALLOWED ? 1 : 0;
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allowed).isEqualTo(decisions);
        return bytes / decisions;
    }

    private static Template like(String pattern) {
        return Template.like(new Element("test", new Json.Text(pattern)), DIALECT);
    }
}
