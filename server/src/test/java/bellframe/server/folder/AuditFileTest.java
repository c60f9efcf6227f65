package bellframe.server.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.storage.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("audit.jsonl");
    }

    private AuditFile open(Path path) {
        return new AuditFile(path, 100, 3);
    }

    private static List<String> lines(Path path) throws IOException {
        return Files.readAllLines(path);
    }

    @Test
    void itGoesOnWhereItEnded() throws IOException {
        try (AuditFile file = open(path())) {
            file.append("one");
        }
        try (AuditFile file = open(path())) {
            file.append("two");
        }

        assertThat(lines(path())).containsExactly("one", "two");
    }

    @Test
    void anEntryThatWasCutOffDoesNotSpoilTheNext() throws IOException {
        Files.writeString(path(), "one\ntw");
        try (AuditFile file = open(path())) {
            file.append("three");
        }

        assertThat(lines(path())).containsExactly("one", "tw", "three");
    }

    @Test
    void aLargeOneIsRolledOverAndTheOldestGoes() throws IOException {
        try (AuditFile file = open(path())) {
            for (int i = 0; i < 6; i++) {
                file.append(i + "x".repeat(60));
            }
        }

        assertThat(lines(path())).hasSize(1).first().asString().startsWith("5");
        for (int number = 1; number <= 3; number++) {
            Path older = folder.resolve("audit.jsonl." + number);
            assertThat(lines(older)).hasSize(1).first().asString().startsWith(5 - number + "x");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(older))).isEqualTo("rw-------");
        }
        assertThat(folder.resolve("audit.jsonl.4")).doesNotExist();
    }

    @Test
    void oneThatOthersCouldReadIsClosedToThem() throws IOException {
        Files.writeString(path(), "one\n");
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));
        try (AuditFile file = open(path())) {
            file.append("two");
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path()))).isEqualTo("rw-------");
    }

    @Test
    void noLineIsLostOrMixedWithAnother() throws Exception {
        List<String> written = IntStream.range(0, 200).mapToObj(i -> "line " + i).toList();
        try (var file = new AuditFile(path(), 1 << 20, 1); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(written.stream().map(line -> appending(file, line)).toList());
        }

        assertThat(lines(path())).containsExactlyInAnyOrderElementsOf(written);
    }

    private static Callable<String> appending(AuditFile file, String line) {
        return () -> {
            file.append(line);
            return line;
        };
    }

    @Test
    void onAFullDiskALineIsWrittenWholeOrNotAtAll() throws IOException {
        Path mountPoint = Files.createDirectory(folder.resolve("disk"));
        try (var disk = SmallDisk.mount(mountPoint, 1);
                var file = new AuditFile(mountPoint.resolve("audit.jsonl"), 1 << 20, 1)) {
            file.append("before");
            disk.fill(4_096);
            assertThatThrownBy(() -> file.append("x".repeat(100_000))).isInstanceOf(IOException.class);
            disk.makeRoom();
            file.append("after");

            assertThat(lines(mountPoint.resolve("audit.jsonl"))).containsExactly("before", "after");
        }
    }
}
