package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import bellframe.credentials.Origin;
import bellframe.http.AuditLog;
import bellframe.server.config.AuditTarget;
import bellframe.server.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {

    @TempDir
    Path folder;

    private static AuditLog.Entry entry(String target) {
        return new AuditLog.Entry("request", "DeleteUser", "arn:aws:iam::123456789012:root", "AKIA",
                new Origin("192.0.2.1", true, null), List.of(target), null);
    }

    @Test
    void whatTheFileDoesNotTakeTheLogDoes() throws IOException {
        Path file = Files.createDirectories(folder.resolve("audit/audit.jsonl"));
        try (var log = new CapturedLog();
                var trail = AuditTrail.start(AuditTarget.FILE, DataFolder.at(folder), InstantSource.system())) {
            assertThatCode(() -> trail.note(entry("alice"))).doesNotThrowAnyException();
            Files.delete(file);
            trail.note(entry("bob"));

            assertThat(log.text()).contains("the audit log cannot be written", "alice").doesNotContain("bob");
            assertThat(Files.readString(file)).contains("bob").doesNotContain("alice");
        }
    }

    @Test
    void whatIsRefusedCannotPushOutWhatWasDone() throws IOException {
        try (var trail = AuditTrail.start(AuditTarget.FILE, DataFolder.at(folder), InstantSource.system())) {
            trail.note(entry("alice"));
            trail.note(new AuditLog.Entry("request", "DeleteUser", null, null, new Origin("192.0.2.1", true, null),
                    List.of("bob"), "InvalidSignatureException"));
        }

        assertThat(folder.resolve("audit/audit.jsonl")).content().contains("alice").doesNotContain("bob");
        assertThat(folder.resolve("audit/refused.jsonl")).content().contains("bob", "InvalidSignatureException");
    }

    @Test
    void theServersLogMayHaveAllOfIt() throws IOException {
        try (var log = new CapturedLog();
                var trail = AuditTrail.start(AuditTarget.LOG, DataFolder.at(folder), InstantSource.system())) {
            trail.note(entry("alice"));

            assertThat(log.text()).contains("\"operation\":\"DeleteUser\"", "alice");
            assertThat(folder.resolve("audit")).doesNotExist();
        }
    }

    @Test
    void longTextsOfClientsAreCut() throws IOException {
        try (var trail = AuditTrail.start(AuditTarget.FILE, DataFolder.at(folder), InstantSource.system())) {
            trail.note(entry("x".repeat(1_000_000)));
        }

        assertThat(folder.resolve("audit/audit.jsonl")).content().hasSizeLessThan(4_000);
    }
}
