package bellframe.server;

import bellframe.server.config.ServerConfig;
import bellframe.server.folder.Certificates;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.Installation;
import bellframe.server.folder.RunningServerFile;
import bellframe.server.folder.ServerNames;
import bellframe.server.tls.CertificateFiles;
import bellframe.server.tls.CertificateSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `bellframe serve`: the life of a server, from its lock on the data folder to its last word.
@Command(name = "serve", description = "Run the server in the foreground until SIGTERM or SIGINT.")
final class ServeCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerConfig config = options.read();
        Logging.start(config.logFormat(), config.logLevel());
        StopSignal stop = StopSignal.install(config.drainLimit());
        Optional<CertificateSource> own = CertificateFiles.of(config, InstantSource.system());
        DataFolder folder = DataFolder.create(config.data());
        try (var _ = folder.lock()) {
            serve(config, folder, own, stop);
        }
        return ExitCode.DONE.status();
    }

    /// @param own the certificate files that the configuration names
    private void serve(ServerConfig config, DataFolder folder, Optional<CertificateSource> own, StopSignal stop)
            throws IOException, InterruptedException {
        var random = new SecureRandom();
        Installation installation = Installation.complete(folder, config, random);
        CertificateSource certificates = own.orElseGet(
                () -> new Certificates(folder, ServerNames.of(config), InstantSource.system(), random));
        try (Wiring wiring = Wiring.start(config, folder, installation, certificates)) {
            RunningServerFile running = wiring.running();
            running.write(folder);
            announce(ReadyBlock.of(config, running.port(), running.adminPort()));
            stop.await();
            log.info("stopping");
            wiring.drain();
        }
        RunningServerFile.remove(folder);
        log.info("stopped");
    }

    private void announce(String block) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(block);
        out.flush();
    }
}
