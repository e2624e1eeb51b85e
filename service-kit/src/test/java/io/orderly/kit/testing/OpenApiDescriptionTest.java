package io.orderly.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description itself is validated, because responses are checked against it. */
class OpenApiDescriptionTest {

    private static final String VALID = """
            {"openapi":"3.1.0","info":{"title":"test","version":"1"},
             "paths":{"/things/{id}":{"get":{
               "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
               "responses":{"200":{"description":"OK","content":{"application/json":{
                 "schema":{"$ref":"#/components/schemas/Thing"}}}}}}}},
             "components":{"schemas":{"Thing":{"type":"object","properties":{"id":{"type":"string"}}}}}}""";

    @Test
    void acceptsAValidDescription() {
        assertThat(new OpenApiDescription(VALID).violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"openapi\":\"3.1.0\"|\"openapi\":\"3.0.1\"|does not have version 3.1",
                "\"title\":\"test\",|\"titel\":\"test\",|info",
                "\"in\":\"path\"|\"in\":\"nowhere\"|parameters.[id].in",
                "{\"description\":\"OK\",|{|description",
                "schemas/Thing\"|schemas/Nothing\"|refers to nothing",
                "\"type\":\"object\"|\"type\":\"thing\"|Thing",
                "\"properties\":{|\"required\":[1],\"properties\":{|Thing",
            })
    void reportsAViolation(String right, String wrong, String violation) {
        assertThat(new OpenApiDescription(VALID.replace(right, wrong)).violations())
                .anySatisfy(found -> assertThat(found).contains(violation));
    }
}
