// Makes calls with the unmodified AWS SDK for Go, one for each line of input, as ../js/calls.mjs does.
//
// The keys and the region come from the environment, as `./bellframe env` prints it; so does the endpoint, which this
// generation of the SDK wants to be told.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"log"
	"os"
	"reflect"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/chimesdkidentity"
	"github.com/aws/aws-sdk-go/service/chimesdkmessaging"
	"github.com/aws/aws-sdk-go/service/iam"
	"github.com/aws/aws-sdk-go/service/sts"
)

type call struct {
	Service   string
	Operation string
	Input     json.RawMessage
}

type refusal struct {
	Name    string `json:"name"`
	Status  int    `json:"status"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func main() {
	config := session.Must(session.NewSession(aws.NewConfig().WithEndpoint(os.Getenv("AWS_ENDPOINT_URL"))))
	clients := map[string]any{
		"identity":  chimesdkidentity.New(config),
		"messaging": chimesdkmessaging.New(config),
		"iam":       iam.New(config),
		"sts":       sts.New(config),
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked call
		check(json.Unmarshal(lines.Bytes(), &asked))
		check(answers.Encode(answer(clients[asked.Service], asked)))
	}
	check(lines.Err())
}

func answer(client any, asked call) map[string]any {
	method := reflect.ValueOf(client).MethodByName(asked.Operation)
	input := reflect.New(method.Type().In(0).Elem())
	check(json.Unmarshal(asked.Input, input.Interface()))
	results := method.Call([]reflect.Value{input})
	if err, failed := results[1].Interface().(error); failed {
		return map[string]any{"error": refused(err)}
	}
	return map[string]any{"output": plain(results[0])}
}

// refused describes what the service refused; anything else ends the program.
func refused(err error) refusal {
	var failure awserr.RequestFailure
	if !errors.As(err, &failure) {
		log.Fatal(err)
	}
	described := refusal{Name: failure.Code(), Status: failure.StatusCode(), Message: failure.Message()}
	if code := reflect.Indirect(reflect.ValueOf(err)).FieldByName("Code_"); code.IsValid() && !code.IsNil() {
		described.Code = code.Elem().String()
	}
	return described
}

// plain turns the SDK's structures, which do not say how they are written, into what the API calls their members.
func plain(value reflect.Value) any {
	switch value.Kind() {
	case reflect.Ptr:
		if value.IsNil() {
			return nil
		}
		if moment, is := value.Interface().(*time.Time); is {
			return moment.UTC().Format("2006-01-02T15:04:05.000Z")
		}
		return plain(value.Elem())
	case reflect.Struct:
		members := map[string]any{}
		for i := 0; i < value.NumField(); i++ {
			name := value.Type().Field(i).Name
			if member := value.Field(i); name != "_" && !member.IsZero() {
				members[name] = plain(member)
			}
		}
		return members
	case reflect.Slice:
		items := []any{}
		for i := 0; i < value.Len(); i++ {
			items = append(items, plain(value.Index(i)))
		}
		return items
	default:
		return value.Interface()
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
