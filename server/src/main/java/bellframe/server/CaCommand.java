package bellframe.server;

import bellframe.server.config.ServerConfig;
import bellframe.server.folder.Certificates;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.FolderUnusable;
import bellframe.server.folder.RunningServerFile;
import bellframe.server.folder.ServerNames;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bellframe ca`: the certificate of the local authority, and how clients of each kind come to trust it; and another
/// authority in its place.
@Command(name = "ca", description = "Print the local authority's certificate and how to trust it.")
final class CaCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final FolderOptions options = new FolderOptions();

    @Override
    public void run() {
        ServerConfig config = options.read(Map.of());
        DataFolder folder = DataFolder.at(config.data());
        Optional<RunningServerFile> running = RunningServerFile.read(folder);
        int port = running.map(RunningServerFile::port).orElse(config.port());
        print(OwnCertificate.file(config, running)
                .map(CaCommand::notInUse)
                .orElseGet(() -> steps(folder, config.host(), port)));
    }

    @Command(name = "rotate", description = "Replace the local authority; clients that do not trust the new one yet"
            + " refuse the server then.")
    int rotate(@Option(names = "--prepare", description = "Only make the next authority, so that clients can trust both"
            + " before it takes the place of the present one.") boolean prepare)
            throws IOException, InterruptedException {
        ServerConfig config = options.read(Map.of());
        DataFolder folder = DataFolder.at(config.data());
        Optional<RunningServerFile> running = RunningServerFile.read(folder);
        OwnCertificate.file(config, running).ifPresent(own -> {
            throw new FolderUnusable(notInUse(own).strip(), null);
        });
        CaTask.Step step = prepare ? CaTask.Step.PREPARE : CaTask.Step.ROTATE;
        print((running.isPresent()
                ? AdminClient.rotateAuthority(running.get(), step)
                : rotateWithoutServer(folder, config, step)) + "\n");
        return ExitCode.DONE.status();
    }

    private static String rotateWithoutServer(DataFolder folder, ServerConfig config, CaTask.Step step)
            throws IOException {
        authority(folder);
        try (var _ = folder.lock()) {
            var certificates = new Certificates(folder, ServerNames.of(config), InstantSource.system(),
                    new SecureRandom());
            return new CaTask(folder, certificates, certificates::current).run(step.name()).answer();
        }
    }

    private void print(String text) {
        var out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    private static String notInUse(Path ownCertificate) {
        return """
                The local authority is not in use: the server serves the certificate in %s.
                Clients that do not trust its issuer must be given the issuer's certificate, which the server does not have.
                """
                .formatted(ownCertificate);
    }

    private static String steps(DataFolder folder, @Nullable String host, int port) {
        String present = TrustSteps.of(folder.authorityCertificate(), authority(folder), host, port);
        return Certificates.nextAuthority(folder)
                .map(next -> present + TrustSteps.ofNext(folder.nextAuthorityCertificate(), next))
                .orElse(present);
    }

    private static X509Certificate authority(DataFolder folder) {
        return Certificates.authority(folder)
                .orElseThrow(() -> new FolderUnusable(
                        "there is no certificate authority in " + folder + " yet; the first start makes it: "
                                + "`./bellframe serve --data " + Shell.word(folder.toString()) + "`",
                        null));
    }
}
