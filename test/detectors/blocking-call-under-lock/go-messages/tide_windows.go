package pier

import "os/exec"

func gauge() int {
	exec.Command("gauge").Run()
	return 1
}
