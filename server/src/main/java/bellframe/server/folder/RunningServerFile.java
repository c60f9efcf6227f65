package bellframe.server.folder;

import bellframe.server.config.PropertiesText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells other processes which server uses the folder now, and on which ports.
///
/// The file stays behind when a server is killed; its process id and that process's start then name no process.
///
/// @param port the port for clients
/// @param adminPort the port for health, metrics and backups
/// @param adminToken what a process must show to have a backup made; whoever can read the folder has it
/// @param certificateFile the user's certificate that it serves; null if that is one by the local authority
public record RunningServerFile(int port, int adminPort, String adminToken, @Nullable Path certificateFile) {

    private static final String PROCESS = "process";
    private static final String PROCESS_START = "processStart";
    private static final String PORT = "port";
    private static final String ADMIN_PORT = "adminPort";
    private static final String ADMIN_TOKEN = "adminToken";
    private static final String CERTIFICATE_FILE = "certificateFile";

    @Override
    public String toString() {
        return "RunningServerFile[port=" + port + ", adminPort=" + adminPort + "]";
    }

    /// Says that this process serves the folder.
    public void write(DataFolder folder) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        DurableFile.write(folder.running(), PropertiesText.entry(PROCESS, Long.toString(self.pid()))
                + PropertiesText.entry(PROCESS_START, start(self))
                + PropertiesText.entry(PORT, Integer.toString(port))
                + PropertiesText.entry(ADMIN_PORT, Integer.toString(adminPort))
                + PropertiesText.entry(ADMIN_TOKEN, adminToken)
                + (certificateFile == null ? "" : PropertiesText.entry(CERTIFICATE_FILE, certificateFile.toString())));
    }

    /// Says that no process serves the folder.
    public static void remove(DataFolder folder) throws IOException {
        Files.deleteIfExists(folder.running());
    }

    /// What was written, if the process that wrote it still runs.
    ///
    /// @throws FolderUnusable if the file is there but cannot be read
    public static Optional<RunningServerFile> read(DataFolder folder) {
        if (!Files.exists(folder.running())) {
            return Optional.empty();
        }
        try {
            Map<String, String> entries = PropertiesText.read(folder.running());
            return Optional.of(entries)
                    .filter(RunningServerFile::isOfLiveProcess)
                    .map(live -> new RunningServerFile(number(live, PORT), number(live, ADMIN_PORT),
                            live.getOrDefault(ADMIN_TOKEN, ""), path(live.get(CERTIFICATE_FILE))));
        } catch (IOException | NumberFormatException problem) {
            throw new FolderUnusable(folder.running() + " cannot be read: " + problem, problem);
        }
    }

    private static boolean isOfLiveProcess(Map<String, String> entries) {
        return ProcessHandle.of(Long.parseLong(entries.getOrDefault(PROCESS, "")))
                .filter(process -> start(process).equals(entries.get(PROCESS_START)))
                .isPresent();
    }

    private static int number(Map<String, String> entries, String key) {
        return Integer.parseInt(entries.getOrDefault(key, ""));
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }

    private static String start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
