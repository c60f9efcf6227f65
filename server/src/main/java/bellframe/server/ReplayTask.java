package bellframe.server;

import bellframe.server.folder.FolderUnusable;
import bellframe.streaming.StreamArn;
import bellframe.streaming.StreamReplay;
import bellframe.streaming.StreamSinks;
import bellframe.streaming.StreamingConfiguration;
import org.jspecify.annotations.Nullable;

/// Appends a part of the messages that are stored to a stream.
///
/// @param sinks null if nothing is streamed
record ReplayTask(Domain domain, @Nullable StreamSinks sinks) implements OperatorRequests.Task {

    @Override
    public OperatorRequests.Done run(String argument) {
        var request = ReplayRequest.parse(argument);
        StreamReplay replay = domain.streamReplay();
        if (replay == null || sinks == null) {
            throw new FolderUnusable("nothing is streamed: set kinesisEndpoint or streamSinks", null);
        }
        requireThere(request);
        String stream = stream(request);
        if (request.after() == null) {
            requireFit(sinks, stream);
        }
        var answer = new ReplayAnswer(replay.append(request.selection(), stream, request.after()));
        return new OperatorRequests.Done(answer.toString(), "appended " + answer.part().appended() + " messages of "
                + request.arn() + " to " + stream);
    }

    /// It takes a few seconds, and many follow each other.
    @Override
    public boolean exclusive() {
        return false;
    }

    private void requireThere(ReplayRequest request) {
        boolean there = request.selection().channel() == null
                ? domain.appInstances().find(request.selection().appInstance()) != null
                : domain.channels().find(request.selection().channel()) != null;
        if (!there) {
            throw new FolderUnusable(request.arn() + " does not exist", null);
        }
    }

    private String stream(ReplayRequest request) {
        if (request.stream() != null) {
            if (!StreamArn.isIn(request.stream())) {
                throw new FolderUnusable(request.stream()
                        + " names no Kinesis stream whose name begins with chime-messaging-", null);
            }
            return request.stream();
        }
        StreamingConfiguration configured = domain.streaming().find(request.selection().appInstance());
        if (configured == null || configured.messages() == null) {
            throw new FolderUnusable("the app instance has no stream for messages; name one", null);
        }
        return configured.messages();
    }

    private static void requireFit(StreamSinks sinks, String stream) {
        String problem = switch (sinks.fitness(stream)) {
            // What cannot be found out now, appending will tell.
            case StreamSinks.Fitness.Fit _,StreamSinks.Fitness.Unknown _ -> "";
            case StreamSinks.Fitness.Absent _ -> "it does not exist";
            case StreamSinks.Fitness.Unfit(String unfit) -> unfit;
            case StreamSinks.Fitness.Forbidden _ -> "this server may not use it";
        };
        if (!problem.isEmpty()) {
            throw new FolderUnusable(stream + ": " + problem, null);
        }
    }
}
