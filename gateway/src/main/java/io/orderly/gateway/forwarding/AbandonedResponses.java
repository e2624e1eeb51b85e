package io.orderly.gateway.forwarding;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of a response that is closed before its end. The client library would read the rest, to use the connection again; but a stream
 * of events, whose client went away, may have no end.
 */
final class AbandonedResponses implements ExecChainHandler {

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = chain.proceed(request, scope);
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            response.setEntity(new Body(entity, scope.execRuntime));
        }
        return response;
    }

    private static final class Body extends HttpEntityWrapper {

        private final ExecRuntime connection;
        private @Nullable InputStream content;

        Body(HttpEntity entity, ExecRuntime connection) {
            super(entity);
            this.connection = connection;
        }

        @Override
        public InputStream getContent() throws IOException {
            if (content == null) {
                content = new Content(super.getContent(), connection);
            }
            return content;
        }
    }

    private static final class Content extends FilterInputStream {

        private final ExecRuntime connection;
        private boolean ended;

        Content(InputStream in, ExecRuntime connection) {
            super(in);
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            ended |= read < 0;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            ended |= read < 0;
            return read;
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                super.close();
            } else {
                connection.discardEndpoint();
            }
        }
    }
}
