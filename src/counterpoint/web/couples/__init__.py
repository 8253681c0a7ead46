"""Two people: joining, what each lets the other see, joint pictures, the table of the week."""
