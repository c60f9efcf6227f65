package bellframe.server;

import bellframe.server.config.ServerConfig;
import bellframe.server.folder.Certificates;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.FolderUnusable;
import bellframe.server.folder.RunningServerFile;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `bellframe ca`: the certificate of the local authority, and how clients of each kind come to trust it.
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
        String text = OwnCertificate.file(config, running)
                .map(CaCommand::notInUse)
                .orElseGet(() -> TrustSteps.of(folder.authorityCertificate(), authority(folder), config.host(), port));
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

    private static X509Certificate authority(DataFolder folder) {
        return Certificates.authority(folder)
                .orElseThrow(() -> new FolderUnusable(
                        "there is no certificate authority in " + folder + " yet; the first start makes it: "
                                + "`./bellframe serve --data " + Shell.word(folder.toString()) + "`",
                        null));
    }
}
