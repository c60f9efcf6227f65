package bellframe.server;

import bellframe.server.config.ConfigDocument;
import bellframe.server.tls.CertificateFiles;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bellframe config`: shows or checks the configuration that `serve` would use.
@Command(name = "config", description = "Show or check the configuration that serve would use.")
final class ConfigCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: print or validate");
    }

    @Command(name = "print", description = "Print the configuration as a file with documentation.")
    static final class Print implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private final ServerOptions options = new ServerOptions();

        @Override
        public void run() {
            var out = spec.commandLine().getOut();
            out.print(ConfigDocument.of(options.read()));
            out.flush();
        }
    }

    @Command(name = "validate", description = "Exit with 2 if the configuration is wrong.")
    static final class Validate implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private final ServerOptions options = new ServerOptions();

        @Override
        public void run() {
            CertificateFiles.of(options.read(), InstantSource.system());
            var out = spec.commandLine().getOut();
            out.println("The configuration is valid.");
            out.flush();
        }
    }
}
